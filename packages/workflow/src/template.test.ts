import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTemplate, soleExpression } from "./template.ts";

describe("parseTemplate", () => {
  it("cuts a text at its expressions, trimmed, with their places", () => {
    expect(parseTemplate("a ${{ x }}b${{y}}")).toEqual({
      ok: true,
      parts: [
        { kind: "text", text: "a " },
        { kind: "expression", source: "x", start: 6, end: 7 },
        { kind: "text", text: "b" },
        { kind: "expression", source: "y", start: 14, end: 15 },
      ],
    });
  });

  it("does not end an expression inside its quotes", () => {
    const template = parseTemplate(`\${{ "}}" + '\\'}}' }}`);
    expect(soleExpression(template)?.source).toBe(`"}}" + '\\'}}'`);
  });

  it("can write its own opening, as a text inside an expression", () => {
    expect(soleExpression(parseTemplate('${{ "${{" }}'))?.source).toBe('"${{"');
  });

  it("names the opening that has no end", () => {
    expect(parseTemplate("a ${{ 1 }} ${{ 2 ")).toEqual({ ok: false, start: 11 });
  });

  it("loses nothing of a text", () => {
    const text = fc.string({
      unit: fc.constantFrom("$", "{", "}", '"', "'", "\\", "a", " ", "${{", "}}"),
      maxLength: 20,
    });
    fc.assert(
      fc.property(text, (whole) => {
        const template = parseTemplate(whole);
        const parts = template.ok ? template.parts : [];
        for (const part of parts) {
          const written = part.kind === "text" ? part.text : whole.slice(part.start, part.end);
          expect(written).toBe(part.kind === "text" ? part.text : part.source);
          expect(whole).toContain(written);
        }
      }),
    );
  });
});
