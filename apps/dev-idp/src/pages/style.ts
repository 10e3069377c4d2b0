import { Html } from "./html.ts";

/** The console's accent and greys, a 4 px grid, AA contrast in both themes. */
export const STYLE = new Html(`
:root {
  --page: #f6f7f5; --card: #fff; --text: #191d1b; --dim: #555d57; --line: #e6e9e4; --field: #fff;
  --field-line: #8a928a; --accent: #0b6558; --accent-strong: #085047; --accent-soft: #e8f5f2;
  --focus: #0b6558; --bad: #b02a1d; --bad-soft: #fdeeec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1211; --card: #131817; --text: #e4e9e6; --dim: #a5b0ab; --line: #252d2a; --field: #0e1211;
    --field-line: #6d7974; --accent: #0f7768; --accent-strong: #0b6558; --accent-soft: #14302b;
    --focus: #70c0b0; --bad: #f08a7e; --bad-soft: #341a17;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 32px 16px; background: var(--page); color: var(--text);
  font: 14px/20px "Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", sans-serif;
  display: flex; flex-direction: column; align-items: center; gap: 20px;
}
.brand { display: flex; align-items: center; gap: 10px; }
.product { font-size: 16px; font-weight: 650; letter-spacing: -0.01em; }
.tag { padding: 2px 8px; border: 1px solid var(--line); border-radius: 99px; color: var(--dim); font-size: 12px; line-height: 16px; }
main { width: 100%; max-width: 480px; display: flex; flex-direction: column; gap: 16px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 24px; }
h1 { margin: 0 0 4px; font-size: 20px; line-height: 28px; font-weight: 650; letter-spacing: -0.015em; }
h2 { margin: 0; padding: 16px 20px 12px; font-size: 13px; font-weight: 600; }
p { margin: 0; }
.dim { color: var(--dim); }
form { display: flex; flex-direction: column; gap: 16px; margin-top: 20px; }
label { display: block; margin-bottom: 4px; font-weight: 550; font-size: 13px; }
input {
  width: 100%; height: 40px; padding: 0 12px; border: 1px solid var(--field-line); border-radius: 8px;
  background: var(--field); color: inherit; font: inherit;
}
input[aria-invalid="true"] { border-color: var(--bad); }
.submit {
  height: 40px; padding: 0 16px; border: 0; border-radius: 8px; background: var(--accent); color: #fff;
  font: inherit; font-weight: 600; cursor: pointer; width: 100%;
}
.submit:hover { background: var(--accent-strong); }
.quiet { background: none; border: 1px solid var(--line); color: var(--text); }
.quiet:hover { background: var(--accent-soft); }
.stack { display: flex; flex-direction: column; gap: 8px; }
.alert { margin-top: 16px; padding: 10px 12px; border-radius: 8px; background: var(--bad-soft); color: var(--bad); }
.people { padding: 0; overflow: hidden; }
.people ul { margin: 0; padding: 0; list-style: none; }
.person {
  display: grid; grid-template-columns: 32px 1fr; gap: 0 12px; align-items: center; width: 100%; min-height: 56px;
  padding: 8px 20px; border: 0; border-top: 1px solid var(--line); background: none; color: inherit; font: inherit;
  text-align: left; cursor: pointer;
}
.person:hover, .person[aria-pressed="true"] { background: var(--accent-soft); }
.avatar {
  grid-row: span 2; width: 32px; height: 32px; border-radius: 50%; display: grid; place-items: center;
  background: var(--accent-soft); color: var(--text); font-size: 12px; font-weight: 600;
}
.person:hover .avatar, .person[aria-pressed="true"] .avatar { background: var(--card); }
.who { font-weight: 550; overflow-wrap: anywhere; }
.about { font-weight: 400; }
.address { color: var(--dim); font-size: 13px; overflow-wrap: anywhere; }
:is(input, button):focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.person:focus-visible { outline-offset: -2px; }
code { font: 12px/16px "JetBrains Mono Variable", ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; }
`);
