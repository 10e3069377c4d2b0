/**
 * So many things of one tenant at once in this process: none takes the places of the others.
 * @returns `take`, which answers undefined when the tenant's places are taken, else how to give the place back, once
 */
export function tenantPlaces(most: number): { take(tenantId: string): (() => void) | undefined } {
  const underWay = new Map<string, number>();
  return {
    take: (tenantId) => {
      const present = underWay.get(tenantId) ?? 0;
      if (present >= most) return undefined;
      underWay.set(tenantId, present + 1);
      return () => {
        const left = (underWay.get(tenantId) ?? 1) - 1;
        if (left === 0) underWay.delete(tenantId);
        else underWay.set(tenantId, left);
      };
    },
  };
}
