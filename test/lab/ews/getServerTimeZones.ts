import type { Operation } from './context.ts';
import { responseMessages } from './responses.ts';
import { timeZones } from './timeZones.ts';
import type { TimeZone, YearlyChange } from './timeZones.ts';
import { leaf, tag } from './xml.ts';
import { child } from './xmlReader.ts';

/** xs:duration of minutes; a zone's bias is what must be added to local time to get UTC. */
function duration(minutes: number): string {
  const size = Math.abs(minutes);
  const hours = Math.floor(size / 60);
  const rest = size % 60;
  const text = size === 0 ? '0S' : `${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
  return `${minutes < 0 ? '-' : ''}PT${text}`;
}

const target = (kind: 'Period' | 'Group', id: string): string => tag('t:To', { Kind: kind }, id);

function yearly(change: YearlyChange, periodId: string): string {
  return tag(
    't:RecurringDayTransition',
    {},
    target('Period', periodId),
    leaf('t:TimeOffset', duration(change.at * 60)),
    leaf('t:Month', change.month),
    leaf('t:DayOfWeek', 'Sunday'),
    leaf('t:Occurrence', change.occurrence),
  );
}

/** The rules of a zone: its periods, and one group of transitions that holds for all years. */
function definition(zone: TimeZone): string {
  const standard = `trule:Microsoft/Registry/${zone.id}/2007-Standard`;
  const daylight = `trule:Microsoft/Registry/${zone.id}/2007-Daylight`;
  const period = (name: string, id: string, offset: number): string =>
    tag('t:Period', { Bias: duration(-offset), Name: name, Id: id });
  const transitions = zone.summer
    ? [yearly(zone.summer[0], daylight), yearly(zone.summer[1], standard)]
    : [tag('t:Transition', {}, target('Period', standard))];
  return (
    tag(
      't:Periods',
      {},
      period('Standard', standard, zone.offset),
      zone.summer ? period('Daylight', daylight, zone.offset + 60) : '',
    ) +
    tag('t:TransitionsGroups', {}, tag('t:TransitionsGroup', { Id: '0' }, ...transitions)) +
    tag('t:Transitions', {}, tag('t:Transition', {}, target('Group', '0')))
  );
}

export const getServerTimeZones: Operation = ({ request }) => {
  const wanted = child(request, 'm:Ids')?.children.map((id) => id.text.trim());
  const isFull = ['true', '1'].includes(request.attributes.get('ReturnFullTimeZoneData') ?? 'true');
  const found = timeZones.filter((zone) => !wanted || wanted.length === 0 || wanted.includes(zone.id));
  return responseMessages('GetServerTimeZones', [0], () =>
    tag(
      'm:TimeZoneDefinitions',
      {},
      ...found.map((zone) =>
        tag('t:TimeZoneDefinition', { Id: zone.id, Name: zone.name }, isFull ? definition(zone) : ''),
      ),
    ),
  );
};
