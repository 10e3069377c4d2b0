import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ask, summaries, valid, workflow } from "../test/support.ts";
import { ranBefore, workflowGraph } from "./graph.ts";
import { LIMITS } from "./limits.ts";

/** A workflow of steps in a shuffled order, each needing some of those before it in the real one. */
const acyclic = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 25 })
  .chain((needs) => {
    const steps = needs.map((wanted, index) => ({
      id: `s${index}`,
      needs: index === 0 ? [] : [...new Set(wanted.map((need) => `s${need % index}`))],
    }));
    return fc.shuffledSubarray(steps, { minLength: steps.length });
  });

const sourceOf = (steps: readonly { id: string; needs: readonly string[] }[]) =>
  workflow({
    steps: steps.map(({ id, needs }) => ask(id, "x", `, needs: [${needs.join(", ")}]`)).join("\n"),
  });

describe("the graph", () => {
  it("orders every step after all it needs, and puts it one level above them", () => {
    fc.assert(
      fc.property(acyclic, (steps) => {
        const graph = workflowGraph(valid(sourceOf(steps)));
        const place = new Map(graph.order.map((id, index) => [id, index]));
        const level = new Map(graph.nodes.map((node) => [node.id, node.level]));
        expect(graph.order.toSorted()).toEqual(steps.map((step) => step.id).toSorted());
        for (const { id, needs } of steps) {
          for (const need of needs) expect(place.get(need)).toBeLessThan(place.get(id) ?? -1);
          const highest = Math.max(-1, ...needs.map((need) => level.get(need) ?? Number.NaN));
          expect(level.get(id)).toBe(highest + 1);
        }
        expect(graph.levels.flat()).toEqual(graph.order);
        expect(graph.edges).toHaveLength(steps.flatMap((step) => step.needs).length);
      }),
      { numRuns: 60 },
    );
  });

  it("knows all that ran before a step, not only what it names", () => {
    const before = ranBefore([
      { id: "a", needs: [] },
      { id: "b", needs: ["a"] },
      { id: "c", needs: ["b"] },
      { id: "d", needs: [] },
    ]);
    expect([...(before.get("c") ?? [])].toSorted()).toEqual(["a", "b"]);
    expect([...(before.get("d") ?? [])]).toEqual([]);
  });

  it("keeps the order of the file where the needs leave it open", () => {
    const steps = `${ask("z", "x")}\n${ask("m", "x")}\n${ask("a", "x", ", needs: z")}`;
    expect(workflowGraph(valid(workflow({ steps }))).levels).toEqual([["z", "m"], ["a"]]);
  });
});

describe("cycles", () => {
  it("of one step are named", () => {
    const source = workflow({ steps: ask("a", "x", ", needs: a") });
    expect(summaries(source)).toEqual(["8:84 cycle spec.steps[0].needs"]);
  });

  it("of any length are found wherever they close", () => {
    fc.assert(
      fc.property(acyclic, fc.nat(), (steps, at) => {
        const [first] = steps.filter((step) => step.id === `s${at % steps.length}`);
        if (first === undefined) return;
        const last = `s${steps.length}`;
        const closed = [
          ...steps.map((step) =>
            step === first ? { ...step, needs: [...step.needs, last] } : step,
          ),
          { id: last, needs: [first.id] },
        ];
        expect(summaries(sourceOf(closed)).filter((line) => line.includes(" cycle "))).toHaveLength(
          1,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("along the longest chain of steps do not overflow anything", () => {
    const steps = Array.from({ length: LIMITS.steps }, (_, index) => ({
      id: `s${index}`,
      needs: [`s${(index + 1) % LIMITS.steps}`],
    }));
    expect(summaries(sourceOf(steps))).toHaveLength(1);
  });
});
