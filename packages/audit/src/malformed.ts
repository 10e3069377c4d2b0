/** Text or bytes that do not have the form they claim. The message says what was expected and what was there. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}
