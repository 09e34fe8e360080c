import * as l10n from '@vscode/l10n';
import { makeButton } from '../controls.ts';
import { make, newId, show } from '../dom.ts';
import { makeFormField } from '../formFields.ts';
import { makeFormStep } from '../formStep.ts';
import { makeFrame } from '../frame.ts';
import { makeRadioField } from '../radioField.ts';
import { stepButtons } from './stepButtons.ts';
import type { Field } from '../fields.ts';
import type { JobFieldId, JobForm, Weekday } from '../../job/jobProtocol.ts';
import type { JobFormStep, JobStepServices } from './jobPage.ts';

/** When the job runs, and how fast. */
export function makeScheduleStep(services: JobStepServices): JobFormStep {
  const { draft, left, next, announce } = services;
  const at = makeFormField(services, 'at', {
    label: l10n.t('Start at'),
    hint: l10n.t('By the clock of this machine, such as 2026-12-01 20:00.'),
  });
  const start = makeRadioField<JobForm['start'], JobFieldId>({
    id: 'start',
    label: l10n.t('Start'),
    choices: [
      { id: 'now', label: l10n.t('When I start it') },
      { id: 'at', label: l10n.t('At a time') },
    ],
    selected: draft.form.start,
    onChange: (id) => {
      draft.set('start', id);
      show(at.element, id === 'at');
    },
  });
  const timeZone = makeFormField(services, 'timeZone', {
    label: l10n.t('Time zone'),
    hint: l10n.t('Of these hours, such as Europe/Berlin. Summer time is taken care of.'),
  });
  const hours = makeHoursField(services);
  const limited = makeRadioField<'any' | 'some', JobFieldId>({
    id: 'limitHours',
    label: l10n.t('Hours'),
    choices: [
      { id: 'any', label: l10n.t('At any hour') },
      { id: 'some', label: l10n.t('Only at certain hours'), hint: l10n.t('Outside of them the job rests.') },
    ],
    selected: draft.form.limitHours ? 'some' : 'any',
    onChange: (id) => {
      draft.set('limitHours', id === 'some');
      showHours();
    },
  });
  const showHours = (): void => {
    for (const field of [timeZone, hours]) show(field.element, draft.form.limitHours);
  };
  show(at.element, draft.form.start === 'at');
  showHours();
  const number = (id: SpeedField, label: string, hint: string, optional = false) =>
    makeFormField(services, id, { label, hint, optional });
  const speed: readonly Field<JobFieldId>[] = [
    number('mailboxesAtOnce', l10n.t('Mailboxes at once'), l10n.t('1 to 100.')),
    number(
      'connectionsPerMailbox',
      l10n.t('Connections per mailbox'),
      l10n.t('1 to 4: Exchange allows one mailbox not many more.'),
    ),
    number('itemsPerBatch', l10n.t('Items per batch'), l10n.t('1 to 1,000. Fewer where requests are limited in size.')),
    number('requestsPerMinute', l10n.t('Requests a minute at most'), l10n.t('Of all mailboxes together.'), true),
    number('gigabytesPerHour', l10n.t('GB an hour at most'), l10n.t('Spares the line to the internet.'), true),
  ];
  const step = makeFormStep<JobFieldId>({
    heading: l10n.t('Schedule and speed'),
    intro: [l10n.t('The usual values suit most servers. Both servers’ own limits are kept to in any case.')],
    fields: [start, at, limited, timeZone, hours, ...speed],
    buttons: stepButtons(services, makeButton(l10n.t('Next'), 'primary', next)),
    ...{ goOn: next, announce },
  });
  speed[0]?.element.before(make('h3', '', l10n.t('Speed')));
  return step;

  function makeHoursField({ draft: form }: JobStepServices): Field<JobFieldId> {
    const frame = makeFrame(
      l10n.t('Hours of the week'),
      l10n.t('Such as 20-6, or 0-6, 20-24. Empty: not on this day.'),
    );
    const inputs = days().map(([day, name]) => {
      const input = make('input', 'search hours');
      input.type = 'text';
      input.id = newId();
      input.value = form.form.hours[day];
      input.autocomplete = 'off';
      input.setAttribute('aria-describedby', `${frame.hint.id} ${frame.error.id}`);
      input.addEventListener('input', () => form.set('hours', { ...form.form.hours, [day]: input.value }));
      input.addEventListener('focusout', () => left('hours'));
      const label = make('label', '', name);
      label.htmlFor = input.id;
      return { input, row: make('div', 'day', label, input) };
    });
    frame.element.setAttribute('role', 'group');
    frame.element.setAttribute('aria-labelledby', frame.label.id);
    frame.hold(make('div', 'days', ...inputs.map(({ row }) => row)));
    return {
      id: 'hours',
      label: () => l10n.t('Hours of the week'),
      element: frame.element,
      setError: (error) => frame.setError(error),
      focus: () => inputs[0]?.input.focus(),
    };
  }
}

type SpeedField =
  'mailboxesAtOnce' | 'connectionsPerMailbox' | 'itemsPerBatch' | 'requestsPerMinute' | 'gigabytesPerHour';

function days(): readonly (readonly [Weekday, string])[] {
  return [
    ['monday', l10n.t('Monday')],
    ['tuesday', l10n.t('Tuesday')],
    ['wednesday', l10n.t('Wednesday')],
    ['thursday', l10n.t('Thursday')],
    ['friday', l10n.t('Friday')],
    ['saturday', l10n.t('Saturday')],
    ['sunday', l10n.t('Sunday')],
  ];
}
