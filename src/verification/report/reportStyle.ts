/** The style of a saved report. It follows the reader's light or dark, and paper is white. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --muted: #59636e; --page: #ffffff; --box: #f6f8fa; --line: #d1d9e0; --link: #0550ae;
  --passed: #116329; --warning: #7d4e00; --failed: #b3131f; --other: #59636e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --muted: #a3adb8; --page: #14181d; --box: #1d232b; --line: #3a434e; --link: #79b8ff;
    --passed: #4ac26b; --warning: #e0a82e; --failed: #ff8078; --other: #a3adb8;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 60rem; color: var(--text); background: var(--page);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0 0 .25rem; font-size: 1.75rem; font-weight: 600; line-height: 1.25; }
h2 { flex: 1; margin: 0; font-size: 1.125rem; line-height: 1.4; }
h3 { margin: 0; font-size: 1rem; }
p { margin: .25rem 0; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, "Cascadia Mono", Consolas, Menlo, monospace; font-size: .875em; }
pre { margin: .5rem 0; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--page); white-space: pre-wrap; }
.muted { color: var(--muted); font-size: .875rem; }
.outcome { font-weight: 600; color: var(--other); white-space: nowrap; }
.passed { color: var(--passed); } .warning { color: var(--warning); } .failed, .error { color: var(--failed); }
.summary { margin: 0 0 1rem; font-size: 1.125rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0 0 2rem; }
dt { color: var(--muted); } dd { margin: 0; }
section { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 8px; }
section > header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
.finding { margin: .75rem 0; padding: .75rem 1rem; border-left: 4px solid var(--other); border-radius: 0 6px 6px 0; background: var(--box); }
.finding.error { border-color: var(--failed); color: inherit; } .finding.warning { border-color: var(--warning); color: inherit; }
ul { margin: .5rem 0 0; padding-left: 1.25rem; } li + li { margin-top: .25rem; }
table { width: 100%; margin-top: .75rem; border-collapse: collapse; font-size: .875rem; }
th { text-align: left; font-weight: 600; color: var(--muted); }
th, td { padding: .375rem .75rem .375rem 0; border-top: 1px solid var(--line); vertical-align: top; }
th:nth-child(2) { width: 9rem; } th:nth-child(3) { width: 6rem; }
th:nth-child(n + 2), td:nth-child(n + 2) { white-space: nowrap; padding-right: 0; padding-left: .75rem; }
td:last-child, th:last-child { text-align: right; }
.headers { margin: .25rem 0 0; gap: 0 .75rem; font-size: .8125rem; }
.overview { margin: 0 0 2rem; padding: .75rem 1rem .75rem 2.5rem; border: 1px solid var(--line); border-radius: 8px; background: var(--box); }
.overview li { padding-left: .25rem; } .overview .outcome { margin-left: .5rem; }
@media (max-width: 40rem) {
  body { padding: 1rem; } h2 { flex-basis: 100%; }
  table, tbody, tr, td, td:nth-child(n + 2) { display: block; padding: 0; border: 0; text-align: left; }
  thead { display: none; } tr { padding: .5rem 0; border-top: 1px solid var(--line); }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print {
  :root {
    color-scheme: light;
    --text: #000000; --muted: #444444; --page: #ffffff; --box: #ffffff; --line: #999999; --link: #000000;
    --passed: #0b5a20; --warning: #6b4300; --failed: #a00010; --other: #444444;
  }
  @page { margin: 15mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  header, .finding, tr { break-inside: avoid; } header, h3, thead { break-after: avoid; }
}
`;
