import type { CloudId } from '../../connections/sourceConnection.ts';
import { appName, appTag, byApi } from './appPlan.ts';
import type { AppPlan } from './appPlan.ts';
import { shQuote } from './quote.ts';
import { knownCloud } from './scriptPlace.ts';
import type { ScriptPlace } from './scriptPlace.ts';

/** What every Azure CLI calls the clouds. The others are found by their sign-in service: not every version has them. */
const cloudNames: Readonly<Partial<Record<CloudId, string>>> = {
  worldwide: 'AzureCloud',
  gccHigh: 'AzureUSGovernment',
  dod: 'AzureUSGovernment',
  china: 'AzureChinaCloud',
};

/**
 * A bash script (3.2 or later, for macOS) that registers the app by Azure CLI and writes the key file. It asks Graph by
 * `az rest` with a resource of its own: `az ad` does not know the DoD's Graph and cannot set tags as it creates an app.
 */
export function azureCliScript(plan: AppPlan, place: ScriptPlace): string {
  return [
    '#!/usr/bin/env bash',
    '# Registers the app of Exchange Migration in Entra ID and writes its key file.',
    '# Needs Azure CLI and openssl. Run again, it goes on where it ended.',
    '(',
    'set -euo pipefail',
    'umask 077',
    '',
    `tenant=${shQuote(place.tenant)}`,
    `graph=${shQuote(place.graph)}`,
    ...chooseCloud(place),
    helpers,
    signIn,
    ...findApp(plan),
    permissionFunctions,
    ...plan.permissions.map(
      ({ resourceAppId, id, value }) => `allow ${[resourceAppId, id, value].map(shQuote).join(' ')}`,
    ),
    ...makeCertificate(plan),
    addCertificate,
    ')',
    '',
  ].join('\n');
}

/** The cloud in use is a setting of the machine's Azure CLI, so the script puts it back. */
function chooseCloud(place: ScriptPlace): readonly string[] {
  const name = knownCloud(place) && cloudNames[place.cloud];
  const host = new URL(place.authority).host;
  const query = `[?endpoints.activeDirectory && contains(endpoints.activeDirectory, '${host}')].name | [0]`;
  return [
    ...(name === undefined
      ? [
          `cloud="$(az cloud list --only-show-errors --output tsv --query ${shQuote(query)} | tr -d '\\r')"`,
          'if [ -z "$cloud" ]; then',
          `  echo ${shQuote(`Azure CLI does not know the cloud of ${host}: update it, or add the cloud with az cloud register.`)} >&2`,
          '  exit 1',
          'fi',
        ]
      : [`cloud=${shQuote(name)}`]),
    `before="$(az cloud show --query name --output tsv | tr -d '\\r')"`,
  ];
}

const helpers = `
temporary="$(mktemp -d "$HOME/.exchange-migration.XXXXXX")"
clean_up() {
  rm -rf "$temporary"
  [ "$before" = "$cloud" ] || az cloud set --name "$before" --only-show-errors
}
trap clean_up EXIT

# METHOD PATH [az's options]
ask_graph() {
  az rest --method "$1" --url "$graph/v1.0/$2" --resource "$graph" --only-show-errors --output tsv "\${@:3}" | tr -d '\\r'
}

# It can take a minute until what is new is known everywhere; a refusal stays one.
patiently() {
  local answer tries=1
  until answer="$("$@" 2>"$temporary/error")"; do
    if [ "$tries" -ge 15 ] || grep -q -e Authorization_RequestDenied -e Forbidden "$temporary/error"; then
      cat "$temporary/error" >&2
      return 1
    fi
    [ "$tries" != 1 ] || echo "Waiting until Entra ID has caught up." >&2
    tries=$((tries + 1))
    sleep 5
  done
  printf '%s' "$answer"
}
`;

const signIn = `# Id and domains of the tenant that Azure CLI is signed in to.
tenant_names() {
  ask_graph get organization --query 'value[].[id, verifiedDomains[].name][][]'
}
is_signed_in() {
  tenant_names 2>/dev/null | grep -ixF -e "$tenant" >/dev/null
}
[ "$before" = "$cloud" ] || az cloud set --name "$cloud" --only-show-errors
is_signed_in || az login --tenant "$tenant" --allow-no-subscriptions --output none
if ! is_signed_in; then
  echo "Azure CLI is not signed in to $tenant." >&2
  exit 1
fi
`;

function findApp(plan: AppPlan): readonly string[] {
  const { displayName, tags, permissions } = plan;
  // OData doubles a quote inside a text.
  const filter = encodeURIComponent(`displayName eq '${displayName.replaceAll("'", "''")}'`).replaceAll("'", '%27');
  const path = `applications?$filter=${filter}&$select=id,appId,tags,createdDateTime`;
  const query = `sort_by(value[?tags && contains(tags, '${appTag}')], &createdDateTime)[].join(' ', [id, appId]) | [0]`;
  const requiredResourceAccess = [...byApi(permissions)].map(([resourceAppId, wanted]) => ({
    resourceAppId,
    resourceAccess: wanted.map(({ id }) => ({ id, type: 'Role' })),
  }));
  const body = JSON.stringify({ displayName, signInAudience: 'AzureADMyOrg', tags, requiredResourceAccess });
  return [
    `app="$(ask_graph get ${shQuote(path)} \\`,
    `  --query "${query}")"`,
    'if [ -z "$app" ]; then',
    '  echo "Creating the app."',
    `  app="$(ask_graph post applications --query "join(' ', [id, appId])" \\`,
    `    --body ${shQuote(body)})"`,
    'else',
    '  echo "The app is there already."',
    'fi',
    'object_id="${app% *}"',
    'client_id="${app#* }"',
    '',
  ];
}

const permissionFunctions = `# PROPERTY QUERY
of_app() {
  ask_graph get "applications/$object_id?\\$select=$1" --query "$2"
}
set_app() {
  ask_graph patch "applications/$object_id" --body "$1"
}
# API PERMISSION: puts it into the registration. Graph replaces the list, so what is in it goes along.
register() {
  local present others same_api
  present="$(patiently of_app requiredResourceAccess "length(requiredResourceAccess[].resourceAccess[?id == '$2'][])")"
  [ "$present" = 0 ] || return 0
  others="$(of_app requiredResourceAccess "join(',', requiredResourceAccess[?resourceAppId != '$1'].to_string(@))")"
  same_api="$(of_app requiredResourceAccess \\
    "join(',', requiredResourceAccess[?resourceAppId == '$1'].resourceAccess[].to_string(@))")"
  set_app '{"requiredResourceAccess":['"\${others:+$others,}"'{"resourceAppId":"'"$1"'","resourceAccess":['\\
"\${same_api:+$same_api,}"'{"id":"'"$2"'","type":"Role"}]}]}'
}

principal_of() {
  ask_graph get "servicePrincipals?\\$filter=appId%20eq%20%27$1%27&\\$select=id" --query 'value[0].id'
}
own_principal() {
  local found
  found="$(principal_of "$client_id")" || return
  if [ -n "$found" ]; then
    printf '%s' "$found"
  else
    ask_graph post servicePrincipals --body "{\\"appId\\":\\"$client_id\\"}" --query id
  fi
}
principal="$(patiently own_principal)"

# RESOURCE PERMISSION: the administrator's consent. Looks first: an attempt may have succeeded though its answer was lost.
assign() {
  local granted
  granted="$(ask_graph get "servicePrincipals/$principal/appRoleAssignments" \\
    --query "length(value[?resourceId == '$1' && appRoleId == '$2'])")" || return
  [ "$granted" != 0 ] || ask_graph post "servicePrincipals/$principal/appRoleAssignments" --query id \\
    --body "{\\"principalId\\":\\"$principal\\",\\"resourceId\\":\\"$1\\",\\"appRoleId\\":\\"$2\\"}"
}
# API PERMISSION NAME
allow() {
  local resource
  resource="$(principal_of "$1")"
  if [ -z "$resource" ]; then
    echo "The tenant does not have the API of $3 ($1)." >&2
    exit 1
  fi
  register "$1" "$2"
  patiently assign "$resource" "$2" >/dev/null
  echo "Granted: $3"
}
`;

function makeCertificate({ months }: AppPlan): readonly string[] {
  return [
    '',
    'key_file="$HOME/exchange-migration-$client_id.pem"',
    'if ! openssl x509 -in "$key_file" -noout -checkend 0 >/dev/null 2>&1; then',
    '  echo "Choose a passphrase for the key file. openssl asks for it twice, then once more to use the key."',
    '  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -aes-256-cbc -out "$temporary/key.pem" \\',
    // Without the dots of its progress; the prompts go to the terminal.
    '    2>"$temporary/error" || { cat "$temporary/error" >&2; exit 1; }',
    `  openssl req -x509 -new -sha256 -days ${Math.floor((months * 365.25) / 12)} -subj ${shQuote(`/CN=${appName}`)} \\`,
    '    -key "$temporary/key.pem" -out "$temporary/certificate.pem"',
    '  cat "$temporary/key.pem" "$temporary/certificate.pem" >"$temporary/both.pem"',
    '  mv -f "$temporary/both.pem" "$key_file"',
    'fi',
  ];
}

/** Like the permissions, Graph replaces the list of certificates as a whole. */
const addCertificate = `certificate="$(openssl x509 -in "$key_file" -outform DER | openssl base64 -A)"
known="$(patiently of_app keyCredentials "length(keyCredentials[?key == '$certificate'])")"
if [ "$known" = 0 ]; then
  echo "Adding the certificate to the registration."
  others="$(of_app keyCredentials "join(',', keyCredentials[].to_string(@))")"
  set_app '{"keyCredentials":['"\${others:+$others,}"'{"type":"AsymmetricX509Cert","usage":"Verify","key":"'"$certificate"'"}]}'
fi

echo
echo 'Enter in Exchange Migration:'
echo "  Client ID:   $client_id"
echo "  Tenant:      $(tenant_names | head -n 1)"
echo "  Certificate: $key_file"`;
