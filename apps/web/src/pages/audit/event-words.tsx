import type { EventSentence } from "../../lib/event-sentence.ts";
import { shortId } from "../../lib/words.ts";
import type { Names } from "../../ui/use-names.ts";

/** An event as a sentence: who, did what, to what, and why not. */
export function EventWords({ sentence, names }: { sentence: EventSentence; names: Names }) {
  const { actor, verb, link, resource, because, times } = sentence;
  const who =
    actor.kind === "words"
      ? actor.words
      : (names.person(actor.id) ?? `Somebody (${shortId(actor.id)})`);
  const what = resource && (names.thing(resource.type, resource.id) ?? shortId(resource.id));
  return (
    <span>
      <b style={{ fontWeight: 600 }}>{who}</b> {verb}
      {what !== null && (
        <>
          {link === "" ? " " : ` ${link} `}
          <b style={{ fontWeight: 600 }}>{what}</b>
        </>
      )}
      {times > 1 && <span className="num">, {times} times</span>}
      {because !== null && <span className="dim">: {because}</span>}
    </span>
  );
}
