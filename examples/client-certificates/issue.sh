#!/bin/sh
# Makes a CA for a tenant's services, and a certificate for one of them, with nothing but openssl.
#
#   sh examples/client-certificates/issue.sh <trust domain> <region> <tenant id> <service> [folder]
#
# The CA is made once and kept: ca.key may issue for every service of the tenant, so it belongs into a vault, not beside
# the services. Register ca.pem; give <service>.pem and <service>.key to the service.
set -eu

if [ $# -lt 4 ]; then
  echo "usage: issue.sh <trust domain> <region> <tenant id> <service> [folder]" >&2
  exit 2
fi
name="spiffe://$1/$2/$3/$4"
service=$4
folder=${5:-.}
umask 077
mkdir -p "$folder"
cd "$folder"

if [ ! -e ca.key ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1825 \
    -subj "/CN=Service CA" -keyout ca.key -out ca.pem \
    -addext "keyUsage=critical,keyCertSign" >/dev/null 2>&1
  echo "made ca.pem: register it"
fi

openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
  -subj "/CN=$service" -keyout "$service.key" -out "$service.csr" >/dev/null 2>&1
cat >"$service.ext" <<EXTENSIONS
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth
subjectAltName=URI:$name
EXTENSIONS
openssl x509 -req -in "$service.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -days 30 \
  -extfile "$service.ext" -out "$service.pem" >/dev/null 2>&1
rm "$service.csr" "$service.ext"
echo "made $service.pem for $name: 30 days"
