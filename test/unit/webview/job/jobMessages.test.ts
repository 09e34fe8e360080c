import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newJobDraft } from '../../../../src/webview/job/firstDraft.ts';
import { parseJobMessage, parseJobState } from '../../../../src/webview/job/jobMessages.ts';
import type { FromJobPage } from '../../../../src/webview/job/jobProtocol.ts';

const { form } = newJobDraft('Europe/Berlin');
const state = { draftId: 'new', step: 'source', form } as const;
const filter = { text: 'a', type: 'shared', minSize: '1', maxSize: '' } as const;

const allowed: readonly FromJobPage[] = [
  { type: 'ready' },
  { type: 'ready', restored: state },
  ...(['changed', 'next', 'back', 'finish'] as const).map((type) => ({ type, form })),
  { type: 'left', field: 'name', form },
  { type: 'left', field: 'hours', form },
  { type: 'left', field: 'mailboxes', form },
  ...(['addSource', 'addTarget', 'openDirectory', 'stopDirectory', 'chooseFile', 'addFile'] as const).map((type) => ({
    type,
  })),
  ...(['dropFile', 'removeAll', 'undoRemove', 'lookUp', 'scan', 'cancel', 'startOver', 'close'] as const).map(
    (type) => ({ type }),
  ),
  { type: 'rows', list: 'directory', offset: 0, count: 500 },
  { type: 'rows', list: 'scanned', offset: 99_999, count: 1 },
  { type: 'filterDirectory', filter },
  { type: 'filterDirectory', filter: { ...filter, type: '', department: '' } },
  { type: 'sortDirectory', key: 'size', descending: true },
  { type: 'pick', row: 0, picked: true },
  { type: 'pickShown', picked: false },
  { type: 'addTyped', text: 'anna@old.example\n'.repeat(100_000) },
  { type: 'readFile' },
  { type: 'readFile', encoding: 'utf-8', delimiter: '\t', source: 0, target: -1, displayName: 3 },
  { type: 'removeChosen', row: 7 },
  { type: 'filterMatches', state: 'missing', text: '' },
  { type: 'decide', row: 1, target: 'anna@new.example' },
  { type: 'skip', row: 1 },
  { type: 'undecide', row: 1 },
  { type: 'filterScanned', state: 'attention' },
  { type: 'openRequirements' },
  { type: 'openTroubleshooting', code: 'mailboxes-not-listed' },
];

const refused: { readonly [what: string]: unknown } = {
  nothing: undefined,
  'a text': 'next',
  'a list': [],
  'an unknown type': { type: 'delete' },
  'no form': { type: 'next' },
  'a form that lacks a field': { type: 'next', form: { ...form, name: undefined } },
  'a form with one too many': { type: 'next', form: { ...form, secret: 'x' } },
  'a form of other types': { type: 'next', form: { ...form, byFile: 'yes' } },
  'a day that is none': { type: 'next', form: { ...form, hours: { ...form.hours, someday: '' } } },
  'an unknown field': { type: 'left', field: 'constructor', form },
  'a name that is too long': { type: 'changed', form: { ...form, name: 'x'.repeat(2_000_000) } },
  'too many folders': { type: 'changed', form: { ...form, folders: Array.from({ length: 101 }, () => 'inbox') } },
  'an unknown list': { type: 'rows', list: 'secrets', offset: 0, count: 1 },
  'rows before the first': { type: 'rows', list: 'chosen', offset: -1, count: 1 },
  'too many rows': { type: 'rows', list: 'chosen', offset: 0, count: 501 },
  'no rows': { type: 'rows', list: 'chosen', offset: 0, count: 0 },
  'half a row': { type: 'pick', row: 0.5, picked: true },
  'a row that is no number': { type: 'decide', row: '1', target: 'anna@new.example' },
  'an unknown order': { type: 'sortDirectory', key: '__proto__', descending: true },
  'an unknown type of mailbox': { type: 'filterDirectory', filter: { ...filter, type: 'boss' } },
  'a delimiter of two': { type: 'readFile', delimiter: ',,' },
  'a column before none': { type: 'readFile', source: -2 },
  'more than anybody pastes': { type: 'addTyped', text: 'x'.repeat(20_000_001) },
  'more than a bare message says': { type: 'scan', jobId: 'x' },
  'a state with a path': { type: 'ready', restored: { ...state, draftId: '../new' } },
  'a state of an unknown step': { type: 'ready', restored: { ...state, step: 'never' } },
};

describe('Messages of a job’s page', () => {
  it('are taken as they are when they are allowed', () => {
    for (const message of allowed) assert.deepEqual(parseJobMessage(message), message);
  });

  for (const [what, message] of Object.entries(refused)) {
    it(`are refused: ${what}`, () => assert.equal(parseJobMessage(message), undefined));
  }

  it('may bring back what VS Code has kept, if it is of this version', () => {
    assert.deepEqual(parseJobState(state), state);
    assert.equal(parseJobState({ ...state, more: 1 }), undefined);
    assert.equal(parseJobState(undefined), undefined);
  });
});
