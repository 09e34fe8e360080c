import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { ExchangeRecord } from '../../ews/transport/exchangeRecord.ts';
import { aboutConnection } from './aboutConnection.ts';
import { durationText } from '../durationText.ts';
import { outcomeText } from '../outcomeText.ts';
import { html, Html } from './html.ts';
import type { Report, ReportedCheck, ReportedFinding, ReportedRemedy } from './reportModel.ts';
import { reportStyle } from './reportStyle.ts';
import { answerText } from './requestText.ts';

/** It loads nothing and runs nothing; the style is let in by its hash, so that no other can be. */
function policy(): string {
  const style = createHash('sha256').update(reportStyle).digest('base64');
  return `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
}

const style = new Html(`<style>${reportStyle}</style>`);

/**
 * A report as a page that is complete in itself: for a ticket, a mail, paper.
 * @param language of the texts, such as "en".
 */
export function htmlReport(report: Report, language: string): string {
  const title = l10n.t('Verification of {0}', report.connection.name);
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${style}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p class="summary">${outcome(report.outcome)}</p>
          ${aboutTheRun(report, language)} ${overview(report.checks)} ${report.checks.map(checkSection)}
        </main>
      </body>
    </html> `;
  return page.markup;
}

function aboutTheRun({ connection, versions, startedAt, durationMs }: Report, language: string): Html {
  const date = (iso: string): string =>
    new Date(iso).toLocaleString(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' });
  const lines: readonly (readonly [string, string])[] = [
    [l10n.t('Started'), date(startedAt)],
    [l10n.t('Duration'), durationText(durationMs)],
    ...aboutConnection(connection, date),
    [l10n.t('Versions'), versions],
  ];
  return html`<dl>
    ${lines.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd> `,
    )}
  </dl>`;
}

/** The checks at one glance, each a way to what is told of it. */
function overview(checks: readonly ReportedCheck[]): Html {
  const items = checks.map(
    ({ id, title, outcome: became }) => html`<li><a href="#${id}">${title}</a> ${outcome(became)}</li>`,
  );
  return html`<ol class="overview">
    ${items}
  </ol>`;
}

function checkSection({ id, title, outcome: became, durationMs, detail, findings, requests }: ReportedCheck): Html {
  return html`<section id="${id}">
    <header>
      <h2>${title} <code class="muted">${id}</code></h2>
      ${outcome(became)} ${durationMs > 0 ? html`<span class="muted">${durationText(durationMs)}</span>` : ''}
    </header>
    ${detail === '' ? '' : html`<p>${detail}</p>`} ${findings.map(findingBox)}
    ${requests.length === 0 ? '' : requestTable(requests)}
  </section> `;
}

function outcome(became: ReportedCheck['outcome']): Html {
  return html`<span class="outcome ${became}">${marks[became]} ${outcomeText(became)}</span>`;
}

/** Beside the words: neither colour nor sign alone tells an outcome. */
const marks: { readonly [became in ReportedCheck['outcome']]: string } = {
  passed: '✔',
  warning: '⚠',
  failed: '✖',
  skipped: '–',
  cancelled: '–',
};

function findingBox({ code, severity, title, explanation, remedies }: ReportedFinding): Html {
  return html`<div class="finding ${severity}">
    <h3>${title} <code class="muted">${code}</code></h3>
    <p>${explanation}</p>
    ${
      remedies.length === 0
        ? ''
        : html`<ul>
            ${remedies.map(remedyItem)}
          </ul>`
    }
  </div> `;
}

function remedyItem({ text, command, link }: ReportedRemedy): Html {
  const address = link === undefined ? '' : html` <a href="${link}" rel="noopener noreferrer">${link}</a>`;
  return html`<li>${text}${address}${command === undefined ? '' : html`<pre>${command}</pre>`}</li> `;
}

function requestTable(requests: readonly ExchangeRecord[]): Html {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${l10n.t('Request')}</th>
        <th scope="col">${l10n.t('Answer')}</th>
        <th scope="col">${l10n.t('Duration')}</th>
      </tr>
    </thead>
    <tbody>
      ${requests.map(requestRow)}
    </tbody>
  </table>`;
}

function requestRow(request: ExchangeRecord): Html {
  const { method, url, operation, durationMs, headers } = request;
  const names = Object.entries(headers).map(
    ([name, value]) =>
      html`<dt>${name}</dt>
        <dd><code>${value}</code></dd> `,
  );
  return html`<tr>
    <td>
      <code>${method} ${url}</code> ${operation}${names.length === 0 ? '' : html`<dl class="headers">${names}</dl>`}
    </td>
    <td>${answerText(request)}</td>
    <td>${durationText(durationMs)}</td>
  </tr> `;
}
