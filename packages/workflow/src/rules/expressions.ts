import type { Step, WorkflowDefinition } from "../definition.ts";
import { compileExpression, type ExpressionType } from "../expression.ts";
import type { ExpressionProblem } from "../expression-problem.ts";
import { type ExpressionScope, expressionScope } from "../expression-scope.ts";
import { isDateTime } from "../formats.ts";
import { ranBefore } from "../graph.ts";
import { isJsonObject, type JsonValue } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { child } from "../pointer.ts";
import { conditionOf, type RawStep } from "../raw-workflow.ts";
import { barePath, resolve } from "../reference.ts";
import type { Report } from "../report.ts";
import { stepPointer } from "../step-pointer.ts";
import { OPENING, parseTemplate, soleExpression, type Template } from "../template.ts";

/** Texts that may hold `${{ }}`, by `use`; everything else is read before the run and must be literal. */
const TEMPLATES: Readonly<Record<Step["use"], readonly string[]>> = {
  llm: ["system", "prompt"],
  connector: ["arguments"],
  approval: ["message"],
  wait: ["until"],
};

type Place = {
  readonly scope: ExpressionScope;
  readonly before: ReadonlySet<string>;
  readonly pointer: string;
  /** The whole text, of which an expression is a part. */
  readonly text: string;
};

/** Every expression stands where one may, is well formed, and reads only what is there and of the right class. */
export function checkExpressions(
  definition: WorkflowDefinition,
  raw: readonly RawStep[],
  report: Report,
): void {
  new ExpressionCheck(definition, report).run(definition, raw);
}

class ExpressionCheck {
  readonly #scope: ExpressionScope;
  readonly #before: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #report: Report;
  #count = 0;

  constructor(definition: WorkflowDefinition, report: Report) {
    this.#scope = expressionScope(definition);
    this.#before = ranBefore(definition.spec.steps);
    this.#report = report;
  }

  run(definition: WorkflowDefinition, raw: readonly RawStep[]): void {
    for (const [index, step] of definition.spec.steps.entries()) {
      const pointer = stepPointer(index);
      const before = this.#before.get(step.id) ?? new Set();
      const written = raw[index]?.if;
      if (written !== undefined) {
        this.#condition({
          scope: this.#scope,
          before,
          pointer: child(pointer, "if"),
          text: written,
        });
      }
      this.#with(step, child(pointer, "with"), before);
      if (this.#count > LIMITS.expressionsPerWorkflow) return;
    }
  }

  #condition(place: Place): void {
    const { source, start } = conditionOf(place.text);
    const type = this.#compile(source, start, place);
    if (type === undefined || type === "boolean") return;
    this.#part(place, start, {
      rule: "expression-type",
      message: `if needs an expression that is true or false; this one gives a ${type}`,
      start: 0,
      end: source.length,
    });
  }

  #with(step: Step, pointer: string, before: ReadonlySet<string>): void {
    for (const [name, value] of Object.entries(step.with)) {
      const mayHold = TEMPLATES[step.use].includes(name);
      for (const { text, at } of texts(value, child(pointer, name))) {
        const place = { scope: this.#scope, before, pointer: at, text };
        if (step.use === "wait" && mayHold) this.#until(place);
        else if (mayHold) this.#template(parseTemplate(text), place);
        else if (text.includes(OPENING)) this.#misplaced(step, place);
      }
    }
  }

  #misplaced(step: Step, place: Place): void {
    const allowed = TEMPLATES[step.use].map((name) => `with.${name}`);
    const message = `\${{ }} is not allowed here; in a step of use ${step.use} it may stand in ${allowed.join(", ")}`;
    this.#report.at(place.pointer, "value", "expression-place", message, allowed);
  }

  /** The control plane keeps the time of a wait, so its expression reads metadata only, and gives a time. */
  #until(place: Place): void {
    const sole = soleExpression(parseTemplate(place.text));
    if (sole === undefined) {
      if (isDateTime(place.text)) return;
      const message =
        "until is a date-time such as 2026-01-31T08:00:00Z, or one ${{ }} that gives one";
      return this.#report.at(place.pointer, "value", "invalid-value", message);
    }
    const type = this.#compile(sole.source, sole.start, place);
    if (type === undefined || type === "time") return;
    const message = `until needs a time; this expression gives a ${type}`;
    const problem = {
      rule: "expression-type" as const,
      message,
      start: 0,
      end: sole.source.length,
    };
    this.#part(place, sole.start, problem);
  }

  #template(template: Template, place: Place): void {
    if (!template.ok) {
      const problem = {
        rule: "expression-syntax" as const,
        message: "this ${{ has no }}",
        start: 0,
        end: 3,
      };
      return this.#part(place, template.start, problem);
    }
    for (const part of template.parts) {
      if (part.kind === "text") continue;
      const reference = barePath(part.source);
      if (reference === undefined) this.#compile(part.source, part.start, place);
      else this.#reference(part.source, part.start, place);
      if (this.#count > LIMITS.expressionsPerWorkflow) return;
    }
  }

  /** A path alone may lead to content, and into it: the agent resolves it. */
  #reference(source: string, start: number, place: Place): void {
    const reference = barePath(source);
    if (reference === undefined || !this.#mayGoOn(place)) return;
    const resolved = resolve(reference, place.scope, place.before);
    if (!resolved.ok) return this.#part(place, start, resolved.problem);
    if (resolved.declaration.class === "metadata") this.#compile(source, start, place);
  }

  #compile(source: string, start: number, place: Place): ExpressionType | undefined {
    if (!this.#mayGoOn(place)) return undefined;
    const compiled = compileExpression(source, place.scope, place.before);
    if (compiled.ok) return compiled.expression.type;
    for (const problem of compiled.problems) this.#part(place, start, problem);
    return undefined;
  }

  #mayGoOn(place: Place): boolean {
    this.#count++;
    if (this.#count === LIMITS.expressionsPerWorkflow + 1) {
      const message = `a workflow has at most ${LIMITS.expressionsPerWorkflow} expressions`;
      this.#report.at(place.pointer, "value", "expression-limit", message);
    }
    return this.#count <= LIMITS.expressionsPerWorkflow;
  }

  #part({ pointer, text }: Place, offset: number, problem: ExpressionProblem): void {
    const part = { text, start: offset + problem.start, end: offset + problem.end };
    this.#report.at(pointer, part, problem.rule, problem.message, problem.allowed);
  }
}

/** Every text inside a value, with its place. */
function* texts(value: JsonValue, at: string): Generator<{ text: string; at: string }> {
  if (typeof value === "string") yield { text: value, at };
  else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) yield* texts(member, child(at, name));
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* texts(item as JsonValue, child(at, index));
  }
}
