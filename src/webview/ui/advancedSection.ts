import * as l10n from '@vscode/l10n';
import { make } from './dom.ts';
import { makeDisclosure } from './disclosure.ts';
import { makeFileField } from './fileField.ts';
import { makeFormField } from './formFields.ts';
import type { Field } from './fields.ts';
import type { FormContext } from './formFields.ts';
import type { WizardView } from '../protocol.ts';

export interface AdvancedSection {
  readonly element: HTMLElement;
  readonly fields: readonly Field[];
  /** The cloud has been chosen: Custom needs what lies in here. */
  cloudChosen(): void;
  /** Makes the fields reachable, for example before one of them gets the focus. */
  open(): void;
  update(view: WizardView): void;
}

export interface AdvancedActions {
  chooseAdditionalCa(): void;
  removeAdditionalCa(): void;
}

export function makeAdvancedSection(context: FormContext, actions: AdvancedActions): AdvancedSection {
  const { draft } = context;
  const ews = makeFormField(context, 'ewsUrl', {
    label: l10n.t('EWS address'),
    hint: l10n.t('A server (https://host) that Autodiscover asks, or a full address that is used as it is.'),
    optional: true,
  });
  const authority = makeFormField(context, 'authorityUrl', {
    label: l10n.t('Authority'),
    hint: l10n.t('Address of the sign-in service.'),
    optional: true,
  });
  const graph = makeFormField(context, 'graphUrl', {
    label: l10n.t('Graph address'),
    hint: l10n.t('Address of Microsoft Graph.'),
    optional: true,
  });
  const additionalCa = makeFileField({
    id: 'additionalCa',
    label: l10n.t('Additional CA file (optional)'),
    hint: l10n.t('PEM file of a certification authority that this connection trusts besides the machine’s own.'),
    onChoose: () => actions.chooseAdditionalCa(),
    onRemove: () => actions.removeAdditionalCa(),
  });
  const fields: readonly Field[] = [ews, authority, graph, additionalCa];

  const disclosure = makeDisclosure(l10n.t('Advanced'), (open) => draft.setAdvancedOpen(open));
  disclosure.content.append(...fields.map(({ element }) => element));
  const open = (): void => {
    disclosure.setOpen(true);
    draft.setAdvancedOpen(true);
  };
  const cloudChosen = (): void => {
    const custom = draft.form.cloud === 'custom';
    ews.setOptional(!custom);
    authority.setOptional(!custom);
    if (custom) open();
  };
  if (draft.advancedOpen) disclosure.setOpen(true);
  cloudChosen();

  let faulty = new Set<string>();
  return {
    element: make('section', 'group', make('h3', '', disclosure.button), disclosure.content),
    fields,
    cloudChosen,
    open,
    update: (view) => {
      const nowFaulty = new Set(fields.map(({ id }) => id).filter((id) => view.errors[id] !== undefined));
      // Only a new error opens the section: the user may have closed it over an old one.
      if ([...nowFaulty].some((id) => !faulty.has(id))) open();
      faulty = nowFaulty;
      additionalCa.setFile(view.additionalCa, '');
      additionalCa.setBusy(view.busy);
    },
  };
}
