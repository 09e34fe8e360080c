import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { empty } from '../http.ts';
import type { LabAnswer } from '../http.ts';
import { bodyOf, entity, keyed } from './call.ts';
import type { GraphCall } from './call.ts';
import type { StoredSecret } from './directory.ts';
import { badProperty } from './errors.ts';
import { isoSeconds } from './keyCredentials.ts';

const date = z.iso.datetime({ offset: true });

const addition = z.strictObject({
  passwordCredential: z
    .looseObject({
      displayName: z.string().nullish(),
      startDateTime: date.nullish(),
      endDateTime: date.nullish(),
    })
    .nullish(),
});

/** Without the secret itself, which only who adds it gets to see. */
export function showSecret(secret: StoredSecret, secretText: string | null = null): object {
  return {
    customKeyIdentifier: null,
    displayName: secret.displayName,
    endDateTime: isoSeconds(secret.endMs),
    hint: secret.value.slice(0, 3),
    keyId: secret.keyId,
    secretText,
    startDateTime: isoSeconds(secret.startMs),
  };
}

const twoYears = 2 * 365 * 86_400_000;

export function addPassword(call: GraphCall): LabAnswer {
  const application = keyed(call.directory.applications, call);
  const { passwordCredential: asked } = bodyOf(call, addition);
  const startMs = asked?.startDateTime ? Date.parse(asked.startDateTime) : call.nowMs;
  const endMs = asked?.endDateTime ? Date.parse(asked.endDateTime) : startMs + twoYears;
  if (endMs <= startMs) {
    throw badProperty('passwordCredential', 'InvalidValue', 'Password credential end date is invalid.');
  }
  const secret: StoredSecret = {
    keyId: randomUUID(),
    displayName: asked?.displayName ?? null,
    startMs,
    endMs,
    value: `${randomBytes(3).toString('hex').slice(0, 3)}8Q~${randomBytes(25).toString('base64url')}`,
    addedMs: call.nowMs,
  };
  application.secrets = [...application.secrets, secret];
  return entity(call, 200, 'microsoft.graph.passwordCredential', showSecret(secret, secret.value));
}

export function removePassword(call: GraphCall): LabAnswer {
  const application = keyed(call.directory.applications, call);
  const { keyId } = bodyOf(call, z.strictObject({ keyId: z.guid() }));
  if (!application.secrets.some((secret) => secret.keyId === keyId)) {
    throw badProperty('keyId', 'InvalidValue', `No password credential found with keyId '${keyId}'.`);
  }
  application.secrets = application.secrets.filter((secret) => secret.keyId !== keyId);
  return empty(204);
}
