import type { AppSecret } from '../../connections/secret.ts';
import type { Pause } from '../../ews/transport/pause.ts';
import type { SigningCertificate } from '../certificate/openKeyFile.ts';
import { certificateSecretOf } from '../certificate/signingCertificate.ts';
import { GraphError } from '../graph/graphError.ts';
import { addKey, removeKey } from './appKeys.ts';
import { appName, appTag, attemptTag } from './appPlan.ts';
import type { AppPermission, AppPlan } from './appPlan.ts';
import { grantMissing, principalFor, untilInForce } from './permissionGrants.ts';
import { onceSpread } from './spreading.ts';
import { isMissing } from './tenantApps.ts';
import type { TenantApp, TenantApps } from './tenantApps.ts';

/** In the order in which they are done. */
export const registrationSteps = ['key', 'application', 'certificate', 'principal', 'permissions', 'signIn'] as const;
export type RegistrationStep = (typeof registrationSteps)[number];

/** What registration works with, for as long as one run of it lasts. */
export interface RegistrationTools {
  readonly apps: TenantApps;
  readonly pause: Pause;
  readonly makeKey: (months: number) => Promise<SigningCertificate>;
  /** Signs in as the app. @returns an access token for EWS */
  readonly signIn: (clientId: string, secret: AppSecret) => Promise<string>;
}

/** What of it stands in the tenant. */
export interface Registered {
  readonly application?: TenantApp;
  /** Whether this very registration has created the app. */
  readonly own: boolean;
  /** Creating the app was asked for and never confirmed. */
  readonly inDoubt: boolean;
  readonly certificate: boolean;
  readonly principal: boolean;
  /** Granted by this registration. */
  readonly permissions: readonly AppPermission[];
}

/** How often to look for an app whose creation nobody confirmed. */
const looksInDoubt = 4;

/**
 * Registers an app in a tenant: the app, its certificate, its service principal and what it may do. Remembers what it
 * has done, so that a run after a failure goes on from there.
 */
export class AppRegistration {
  readonly #attempt: string;
  #key: SigningCertificate | undefined;
  #app: TenantApp | undefined;
  #certificate = false;
  #principalId: string | undefined;
  readonly #granted = new Map<string, { readonly id: string; readonly permission: AppPermission }>();
  #inDoubt = false;

  /** @param attempt names the wizard: an app with its tag is its own, also after a reload. */
  constructor(attempt: string) {
    this.#attempt = attempt;
  }

  get registered(): Registered {
    return {
      ...(this.#app && { application: this.#app }),
      own: this.#isOwn(this.#app),
      inDoubt: this.#inDoubt,
      certificate: this.#certificate,
      principal: this.#principalId !== undefined,
      permissions: [...this.#granted.values()].map(({ permission }) => permission),
    };
  }

  /** Finds the app that an earlier run, or another wizard of this program, has created. */
  async look(apps: TenantApps): Promise<TenantApp | undefined> {
    const ours = (await apps.named(appName)).filter(({ tags }) => tags.includes(appTag));
    this.#app = ours.find((app) => this.#isOwn(app)) ?? ours[0];
    if (this.#app) this.#inDoubt = false;
    return this.#app;
  }

  /**
   * Does what is not done yet. Throws what TenantApps and `signIn` throw; NoSuchApiError; NotSpreadError.
   * @param onStep each step as it begins
   */
  async run(
    plan: AppPlan,
    tools: RegistrationTools,
    onStep: (step: RegistrationStep) => void,
  ): Promise<{ readonly app: TenantApp; readonly certificate: SigningCertificate }> {
    onStep('key');
    const key = (this.#key ??= await tools.makeKey(plan.months));
    onStep('application');
    const app = await this.#findOrCreate(plan, tools);
    onStep('certificate');
    await onceSpread(() => addKey(tools.apps, app, key.certificate), isMissing, tools.pause);
    this.#certificate = true;
    onStep('principal');
    const principalId = (this.#principalId ??= await principalFor(tools, app.appId));
    onStep('permissions');
    await grantMissing(tools, principalId, plan.permissions, (permission, id) =>
      this.#granted.set(permission.id, { id, permission }),
    );
    onStep('signIn');
    const secret = certificateSecretOf(key);
    await untilInForce(plan.permissions, () => tools.signIn(app.appId, secret), tools.pause);
    return { app, certificate: key };
  }

  /** Takes everything back that this registration has made. What was there before stays. */
  async rollBack({ apps, pause }: Pick<RegistrationTools, 'apps' | 'pause'>): Promise<void> {
    const app = this.#app ?? (await this.#lookInDoubt(apps, pause));
    if (app && this.#isOwn(app)) await removeApp(apps, pause, app);
    else if (app) await this.#takeBack(apps, app);
    this.forget();
  }

  /** For another tenant: begins anew and touches nothing. */
  forget(): void {
    this.#app = undefined;
    this.#key = undefined;
    this.#certificate = false;
    this.#principalId = undefined;
    this.#granted.clear();
    this.#inDoubt = false;
  }

  #isOwn(app: TenantApp | undefined): boolean {
    return app?.tags.includes(attemptTag(this.#attempt)) ?? false;
  }

  async #findOrCreate(plan: AppPlan, { apps, pause }: RegistrationTools): Promise<TenantApp> {
    const found = (await this.look(apps)) ?? (await this.#lookInDoubt(apps, pause));
    if (found) {
      await apps.require(found, plan.permissions);
      return found;
    }
    this.#inDoubt = true;
    try {
      this.#app = await apps.create(plan);
    } catch (error) {
      if (error instanceof GraphError) this.#inDoubt = false; // It was refused.
      throw error;
    }
    this.#inDoubt = false;
    return this.#app;
  }

  /** A list can lag behind what was created a moment ago. */
  async #lookInDoubt(apps: TenantApps, pause: Pause): Promise<TenantApp | undefined> {
    for (let look = 1; this.#inDoubt && look <= looksInDoubt; look += 1) {
      const app = await this.look(apps);
      if (app) return app;
      await pause(2000);
    }
    return undefined;
  }

  async #takeBack(apps: TenantApps, app: TenantApp): Promise<void> {
    for (const { id } of this.#granted.values()) {
      await apps.revoke(this.#principalId ?? '', id).catch(unlessMissing);
    }
    if (this.#key) await removeKey(apps, app, this.#key.thumbprintSha256);
  }
}

/**
 * Removes an app with its service principal and grants. Does nothing if it is gone.
 * Throws what TenantApps throws; NotSpreadError.
 */
export async function removeApp(apps: TenantApps, pause: Pause, app: Pick<TenantApp, 'id' | 'appId'>): Promise<void> {
  const stillThere = new Error('The app is listed and cannot be found.');
  await onceSpread(
    async () => {
      if (await apps.remove(app.id)) return;
      if ((await apps.withClientId(app.appId)) !== undefined) throw stillThere;
    },
    (error) => error === stillThere,
    pause,
  );
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
