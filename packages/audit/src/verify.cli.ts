#!/usr/bin/env node
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { type Terminal, verifyCommand } from "./verify-command.ts";

const readAll: Terminal["readAll"] = async (path) => {
  const isFolder = (await stat(path)).isDirectory();
  const paths = isFolder
    ? (await readdir(path)).toSorted().map((name) => join(path, name))
    : [path];
  return Promise.all(paths.map(async (name) => ({ name, text: await readFile(name, "utf8") })));
};

process.exitCode = await verifyCommand(process.argv.slice(2), {
  read: (path) => createReadStream(path),
  readAll,
  fetch,
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
});
