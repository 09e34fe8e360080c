import type { CloudId } from '../../connections/sourceConnection.ts';
import { appName, appTag } from './appPlan.ts';
import type { AppPlan } from './appPlan.ts';
import { psQuote, psText } from './quote.ts';
import { knownCloud } from './scriptPlace.ts';
import type { ScriptPlace } from './scriptPlace.ts';

/** @see learn.microsoft.com/powershell/module/microsoft.graph.authentication/get-mgenvironment */
const environments: Readonly<Record<Exclude<CloudId, 'custom'>, string>> = {
  worldwide: 'Global',
  gccHigh: 'USGov',
  dod: 'USGovDoD',
  china: 'China',
  bleu: 'BleuCloud',
  delos: 'DelosCloud',
};

/**
 * A script for Windows PowerShell 5.1 and PowerShell 7 that registers the app by the Microsoft Graph PowerShell SDK and
 * writes the key file. All of it is one block, so that pasted into a console it stops at the first error as well.
 */
export function powershellScript(plan: AppPlan, place: ScriptPlace): string {
  return [
    '# Registers the app of Exchange Migration in Entra ID and writes its key file. Run again, it goes on where it ended.',
    '# Needs: Install-Module Microsoft.Graph.Applications -Scope CurrentUser',
    '& {',
    "$ErrorActionPreference = 'Stop'",
    `$tenant = ${psText(place.tenant)}`,
    `$displayName = ${psText(plan.displayName)}`,
    `$tags = @(${plan.tags.map(psText).join(', ')})`,
    '$permissions = @(',
    ...plan.permissions.map(
      ({ resourceAppId, id, value }) =>
        `    [pscustomobject]@{ Api = ${psQuote(resourceAppId)}; Id = ${psQuote(id)}; Name = ${psQuote(value)} }`,
    ),
    ')',
    `$months = ${plan.months}`,
    helpers,
    ...connect(place),
    registration,
    grants,
    certificate,
    '}',
    '',
  ].join('\n');
}

const helpers = `
# It can take a minute until what is new is known everywhere; a refusal stays one.
function Invoke-Patiently([scriptblock] $Step) {
    for ($try = 1; ; $try++) {
        try { return & $Step }
        catch {
            if ($try -ge 15 -or "$_" -match 'Authorization_RequestDenied|Forbidden|Insufficient privileges') { throw }
            if ($try -eq 1) { Write-Host 'Waiting until Entra ID has caught up.' }
            Start-Sleep -Seconds 5
        }
    }
}
`;

function connect(place: ScriptPlace): readonly string[] {
  const known = knownCloud(place);
  const name =
    known && known.id !== 'custom' ? environments[known.id] : `ExchangeMigration-${new URL(place.graph).host}`;
  const isBuiltIn = known !== undefined && known.id !== 'bleu' && known.id !== 'delos';
  const endpoints = `-AzureADEndpoint ${psQuote(place.authority)} -GraphEndpoint ${psQuote(place.graph)}`;
  return [
    `$environment = ${psQuote(name)}`,
    // Older modules do not know the youngest clouds.
    ...(isBuiltIn
      ? []
      : [
          'if (-not (Get-MgEnvironment | Where-Object { $_.Name -eq $environment })) {',
          `    $null = Add-MgEnvironment -Name $environment ${endpoints}`,
          '}',
        ]),
    '# For this process only: the sign-in is not kept on the machine.',
    '$signIn = @{',
    '    TenantId     = $tenant',
    '    Environment  = $environment',
    "    Scopes       = 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'",
    "    ContextScope = 'Process'",
    ...(place.signInClient === undefined ? [] : [`    ClientId     = ${psText(place.signInClient)}`]),
    '}',
    '$null = Connect-MgGraph @signIn -ErrorAction Stop',
  ];
}

const registration = `
$filter = "displayName eq '$($displayName.Replace("'", "''"))'"
$app = Get-MgApplication -All -Filter $filter -ErrorAction Stop |
    Where-Object { $_.Tags -contains '${appTag}' } | Sort-Object CreatedDateTime | Select-Object -First 1
if ($app) {
    Write-Host 'The app is there already.'
} else {
    Write-Host 'Creating the app.'
    $app = New-MgApplication -DisplayName $displayName -SignInAudience AzureADMyOrg -Tags $tags -ErrorAction Stop
}
$objectId = $app.Id
$clientId = $app.AppId
$app = Invoke-Patiently {
    Get-MgApplication -ApplicationId $objectId -Property 'id', 'appId', 'requiredResourceAccess', 'keyCredentials' -ErrorAction Stop
}

# Graph replaces the list, so what is in it goes along.
$listed = @(foreach ($api in $app.RequiredResourceAccess) {
        foreach ($access in $api.ResourceAccess) {
            [pscustomobject]@{ Api = "$($api.ResourceAppId)"; Id = "$($access.Id)"; Type = "$($access.Type)" }
        }
    })
$missing = @($permissions | Where-Object { $listed.Id -notcontains $_.Id } |
        ForEach-Object { [pscustomobject]@{ Api = $_.Api; Id = $_.Id; Type = 'Role' } })
if ($missing.Count -gt 0) {
    Write-Host 'Adding the permissions to the registration.'
    $access = @($listed + $missing | Group-Object Api | ForEach-Object {
            @{
                ResourceAppId  = $_.Name
                ResourceAccess = @($_.Group | ForEach-Object { @{ Id = $_.Id; Type = $_.Type } })
            }
        })
    Invoke-Patiently { Update-MgApplication -ApplicationId $objectId -RequiredResourceAccess $access -ErrorAction Stop }
}
`;

const grants = `# Each step looks first: an attempt may have succeeded though its answer was lost.
$principal = Invoke-Patiently {
    $found = Get-MgServicePrincipal -Filter "appId eq '$clientId'" -ErrorAction Stop
    if ($found) { $found } else { New-MgServicePrincipal -AppId $clientId -ErrorAction Stop }
}
# Assigning a permission is the administrator's consent.
foreach ($permission in $permissions) {
    $resource = Get-MgServicePrincipal -Filter "appId eq '$($permission.Api)'" -ErrorAction Stop
    if (-not $resource) { throw "The tenant does not have the API of $($permission.Name) ($($permission.Api))." }
    Invoke-Patiently {
        $granted = Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -All -ErrorAction Stop |
            Where-Object { $_.ResourceId -eq $resource.Id -and $_.AppRoleId -eq $permission.Id }
        if (-not $granted) {
            $assignment = @{
                ServicePrincipalId = $principal.Id
                PrincipalId        = $principal.Id
                ResourceId         = $resource.Id
                AppRoleId          = $permission.Id
            }
            $null = New-MgServicePrincipalAppRoleAssignment @assignment -ErrorAction Stop
        }
    }
    Write-Host "Granted: $($permission.Name)"
}
`;

const certificate = `# The certificate without its key lies beside the key file: the next run knows by it what was made.
$keyFile = Join-Path $HOME "exchange-migration-$clientId.pfx"
$publicFile = Join-Path $HOME "exchange-migration-$clientId.cer"
$x509 = [System.Security.Cryptography.X509Certificates.X509Certificate2]
$pfxFormat = [System.Security.Cryptography.X509Certificates.X509ContentType]::Pfx
$certificate = $null
if ((Test-Path -LiteralPath $keyFile) -and (Test-Path -LiteralPath $publicFile)) {
    $kept = $x509::new($publicFile)
    if ($kept.NotAfter -gt (Get-Date)) { $certificate = $kept.RawData }
}
if (-not $certificate) {
    # .NET's own class, since New-SelfSignedCertificate is for Windows only and leaves the key in the user's store.
    # Windows PowerShell's RSA.Create may give a provider that keeps to 1024 bits.
    if ($PSVersionTable.PSEdition -eq 'Core') { $rsa = [System.Security.Cryptography.RSA]::Create(3072) }
    else { $rsa = [System.Security.Cryptography.RSACng]::new(3072) }
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
        'CN=${appName}', $rsa,
        [System.Security.Cryptography.HashAlgorithmName]::SHA256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $now = [DateTimeOffset]::UtcNow
    $made = $request.CreateSelfSigned($now.AddMinutes(-5), $now.AddMonths($months))
    # Keeps the key out of any store while the file is tried; macOS cannot.
    [System.Security.Cryptography.X509Certificates.X509KeyStorageFlags] $storage =
        if ($IsMacOS) { 'DefaultKeySet' } else { 'EphemeralKeySet' }
    do {
        $passphrase = Read-Host -AsSecureString 'Passphrase for the key file'
        $again = Read-Host -AsSecureString 'Once more'
        $pfx = $made.Export($pfxFormat, $passphrase)
        # Opening the file with the second one compares the two without either in clear text.
        $agree = try { $x509::new($pfx, $again, $storage).Dispose(); $passphrase.Length -gt 0 } catch { $false }
        if (-not $agree) { Write-Host 'These are empty or differ.' }
    } until ($agree)
    if (Test-Path -LiteralPath $publicFile) { Remove-Item -LiteralPath $publicFile }
    if ($IsLinux -or $IsMacOS) {
        # Closed to others before the key is in it.
        [System.IO.File]::WriteAllBytes($keyFile, [byte[]]@())
        chmod 600 $keyFile
    }
    [System.IO.File]::WriteAllBytes($keyFile, $pfx)
    [System.IO.File]::WriteAllBytes($publicFile, $made.RawData)
    $certificate = $made.RawData
    $made.Dispose()
    $rsa.Dispose()
}

# Graph replaces this list too.
$keys = @($app.KeyCredentials | Where-Object { $_ })
$text = [Convert]::ToBase64String($certificate)
if (-not ($keys | Where-Object { $_.Key -and [Convert]::ToBase64String($_.Key) -eq $text })) {
    Write-Host 'Adding the certificate to the registration.'
    $keys += @{ Type = 'AsymmetricX509Cert'; Usage = 'Verify'; Key = $certificate }
    Invoke-Patiently { Update-MgApplication -ApplicationId $objectId -KeyCredentials $keys -ErrorAction Stop }
}

Write-Host ''
Write-Host 'Enter in Exchange Migration:'
Write-Host "  Client ID:   $clientId"
Write-Host "  Tenant:      $((Get-MgContext).TenantId)"
Write-Host "  Certificate: $keyFile"
$null = Disconnect-MgGraph`;
