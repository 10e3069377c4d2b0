import type { DevIdpPerson } from "../config.ts";
import { Html, html } from "./html.ts";
import { type Page, page } from "./page.ts";

/** Fills the form from the row that was clicked. The form works without it. */
const FILL_IN = new Html(`
const email = document.getElementById("email");
const password = document.getElementById("password");
const rows = [...document.querySelectorAll(".person")];
for (const row of rows) {
  row.addEventListener("click", () => {
    email.value = row.dataset.email;
    password.value = row.dataset.password;
    for (const other of rows) other.setAttribute("aria-pressed", String(other === row));
    document.getElementById("submit").focus();
  });
}
`);

/**
 * The login page of one interaction. `email` is what stands in the field; `failed` says that it
 * did not fit its password.
 */
export function loginPage(input: {
  readonly action: string;
  readonly email: string;
  readonly failed: boolean;
  readonly people: readonly DevIdpPerson[];
}): Page {
  const { action, email, failed, people } = input;
  const invalid = failed ? html`aria-invalid="true" aria-describedby="failed"` : "";
  const focusOn = email === "" ? "email" : "password";
  const focus = (name: string): Html | string => (name === focusOn ? html`autofocus` : "");
  const body = html`
<section class="card">
<h1>Sign in</h1>
<p class="dim">For development and tests. These are not real accounts.</p>
${failed && html`<p class="alert" id="failed" role="alert">Wrong email or password.</p>`}
<form method="post" action="${action}">
<div><label for="email">Email</label>
<input id="email" name="email" type="email" value="${email}" required autocomplete="username" spellcheck="false" ${invalid} ${focus("email")}></div>
<div><label for="password">Password</label>
<input id="password" name="password" type="password" required autocomplete="current-password" ${invalid} ${focus("password")}></div>
<button class="submit" id="submit" type="submit">Sign in</button>
</form>
</section>
<section class="card people" aria-labelledby="people">
<h2 id="people">Demo people: choose one to fill in the form</h2>
<ul>${people.map(personRow)}</ul>
</section>`;
  return page("Sign in", body, FILL_IN);
}

function personRow(person: DevIdpPerson): Html {
  const about = person.about ?? person.groups.join(", ");
  return html`<li><button class="person" type="button" aria-pressed="false" data-email="${person.email}" data-password="${person.password}"><span class="avatar" aria-hidden="true">${initials(person.name)}</span><span class="who">${person.name}${about !== "" && html`<span class="about"> · ${about}</span>`}</span><span class="address">${person.email}</span></button></li>
`;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return letters.join("").toUpperCase();
}
