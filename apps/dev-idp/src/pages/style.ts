import { Html } from "./html.ts";

/** One accent, a 4 px grid, AA contrast in both themes. */
export const STYLE = new Html(`
:root {
  --page: #f6f7f9; --card: #fff; --text: #16191f; --dim: #59606d; --line: #dde1e7; --field: #fff;
  --field-line: #8a919e; --accent: #2f5bea; --accent-strong: #244ac7; --accent-soft: #eef2ff;
  --bad: #b3261e; --bad-soft: #fdeeed;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1115; --card: #171a20; --text: #e8eaee; --dim: #a0a7b4; --line: #2a2f38; --field: #0f1115;
    --field-line: #6b7382; --accent: #3d68f0; --accent-strong: #5079f5; --accent-soft: #1b2440;
    --bad: #ff9d95; --bad-soft: #33191a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 32px 16px; background: var(--page); color: var(--text);
  font: 14px/20px "Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", sans-serif;
  display: flex; flex-direction: column; align-items: center; gap: 20px;
}
.brand { display: flex; align-items: center; gap: 10px; }
.mark { fill: var(--accent); }
.product { font-size: 16px; font-weight: 650; letter-spacing: -0.01em; }
.tag { padding: 2px 8px; border: 1px solid var(--line); border-radius: 99px; color: var(--dim); font-size: 12px; line-height: 16px; }
main { width: 100%; max-width: 416px; display: flex; flex-direction: column; gap: 16px; }
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
@media (prefers-color-scheme: dark) { .submit:hover { background: #3159d8; } }
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
.address { color: var(--dim); font-size: 13px; overflow-wrap: anywhere; }
:is(input, button):focus-visible { outline: 2px solid var(--accent-strong); outline-offset: 2px; }
.person:focus-visible { outline-offset: -2px; }
code { font: 12px/16px "JetBrains Mono Variable", ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; }
`);
