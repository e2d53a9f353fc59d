/**
 * The one table of tokens: forms that no name of an object has, because they hold an underscore or capitals, or are long and begin like nothing
 * else. One expression each, without anything before or after it; all are of bounded length or end where their letters do.
 */
const tokenForms: Readonly<Record<string, readonly string[]>> = {
  'Alibaba, AWS, Tencent': [
    '(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}',
    'ABSK[A-Za-z0-9+/]{60,}={0,2}',
    'LTAI[A-Za-z0-9]{16,26}',
    'AKID[A-Za-z0-9]{28,36}',
    'AKLT[A-Za-z0-9]{40,}',
    'amzn\\.mws\\.[\\da-f-]{36}',
  ],
  Yandex: ['AQVN[\\w-]{35,38}', 't1\\.[\\w-]{8,}\\.[\\w-]{80,}', 'y0_[\\w-]{50,}'],
  Google: ['AIza[\\w-]{30,}', 'GOCSPX-[\\w-]{20,}', 'ya29\\.[\\w.-]{20,}', '1//0[\\w-]{30,}', 'AAAA[\\w-]{7}:[\\w-]{140,}'],
  GitHub: ['gh[pousr]_[A-Za-z0-9]{16,}', 'github_pat_\\w{20,}'],
  'GitLab, Bitbucket, Atlassian': [
    'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|soat|imt|agent|oas|ffct|wt)-[\\w.-]{16,}',
    'GR1348941[\\w-]{16,}',
    'ATATT3[\\w=+/-]{20,}',
    'ATCTT3[\\w=+/-]{20,}',
    'ATBB[A-Za-z0-9]{24,}',
  ],
  'Slack, Discord, Telegram': ['xox[abcdeoprs]-[\\w-]{10,}', 'xoxe\\.xox[bp]-[\\w-]{10,}', 'xapp-\\d-[\\w-]{10,}'],
  'registries of packages and images': [
    'npm_[A-Za-z0-9]{16,}',
    'pypi-AgE[\\w-]{20,}',
    'dckr_(?:pat|oat)_[\\w-]{20,}',
    'rubygems_[\\da-f]{32,}',
    'cio[A-Za-z0-9]{32}',
    'oy2[a-z0-9]{43}',
    'CLOJARS_[a-z0-9]{40,}',
    'AKCp[A-Za-z0-9]{40,}',
    'cmVmdGtuO[A-Za-z0-9]{20,}',
    'sha256~[\\w-]{40,}',
  ],
  payment: [
    '[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}',
    'whsec_[A-Za-z0-9+/=]{16,}',
    'sq0(?:atp|csp)-[\\w-]{20,}',
    'access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[\\da-f]{32}',
    'access-(?:sandbox|development|production)-[\\da-f-]{36}',
    'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{16,}',
    'FLWSECK(?:_TEST)?-[A-Za-z0-9-]{12,}',
    'EZ[AT]K[A-Za-z0-9]{50,}',
    'rzp_(?:live|test)_[A-Za-z0-9]{14,}',
    'EAAA[\\w-]{50,}',
    'shippo_(?:live|test)_[\\da-f]{40}',
  ],
  'mail and messages': [
    'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
    '(?<![\\w-])key-[\\da-f]{32}',
    'x(?:key|smtp)sib-[\\da-f]{40,}-[A-Za-z0-9]{10,}',
    're_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}',
    'SK[\\da-f]{32}',
    'EAA[A-Z][A-Za-z0-9]{60,}',
    'AAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{40,}',
  ],
  'language models': [
    'sk-(?:ant|proj|svcacct|admin|or-v1|or)-[\\w-]{20,}',
    'sk-[A-Za-z0-9]{32,}',
    '(?:hf|api_org)_[A-Za-z0-9]{16,}',
    'gsk_[A-Za-z0-9]{32,}',
    'r8_[A-Za-z0-9]{30,}',
    'pplx-[A-Za-z0-9]{32,}',
    'xai-[A-Za-z0-9]{40,}',
    'lsv2_(?:pt|sk)_[\\da-z_]{30,}',
    'sk-lf-[\\da-f-]{36}',
    'sk_[\\da-f]{48}',
    'nvapi-[\\w-]{40,}',
    'pcsk_[\\w]{40,}',
    'tvly-[\\w-]{24,}',
    'csk-[a-z0-9]{40,}',
    'fw_[A-Za-z0-9]{22,24}',
    'tgp_v1_[\\w-]{40,}',
    'wandb_v1_[\\w]{40,}',
    'KGAT_[\\da-f]{32}',
    'apify_api_[A-Za-z0-9]{30,}',
  ],
  'clouds and platforms': [
    'do[opr]_v1_[\\da-f]{16,}',
    'HRKU-[\\w-]{30,}',
    'fo1_[\\w-]{40,}',
    'fm\\d[a-z]?_[A-Za-z0-9+/=,_-]{60,}',
    'nfp_[A-Za-z0-9]{30,}',
    'v1\\.0-[\\da-f]{24}-[\\da-f]{100,}',
    'pscale_(?:tkn|pw|oauth)_[\\w.-]{20,}',
    'sbp_[\\da-f]{30,}',
    'sb_secret_[\\w-]{20,}',
    'tskey-[a-z]+-[\\w-]{16,}',
    'dapi[\\da-f]{32}(?:-\\d)?',
    '(?:kubeconfig-[a-z]+|token)-[a-z0-9]{5,}:[a-z0-9]{54}',
    'K10[\\da-f]{64}::[\\w:.-]{8,}',
    'slt_[\\w-]{20,}',
    'rnd_[A-Za-z0-9]{28,}',
    'vercel_blob_rw_[A-Za-z0-9_]{30,}',
    'AVNS_[\\w-]{16,}',
    'napi_[a-z0-9]{40,}',
    'CCDB1_[\\w-]{40,}',
    'mdb_sa_sk_[\\w-]{30,}',
    'essu_[A-Za-z0-9+/]{40,}={0,2}',
    'tk-us-[\\w-]{48}',
    'pn[ub]_[A-Za-z0-9]{36}',
  ],
  'secrets, builds and observation': [
    'hv[sbr]\\.[\\w-]{20,}',
    's\\.(?=[A-Za-z]{0,23}\\d)(?=[a-z\\d]{0,23}[A-Z])[A-Za-z0-9]{24}',
    'at_[A-Za-z0-9]{10}_s1[A-Za-z0-9]{40,}',
    'snyk_uat\\.[\\w.-]{30,}',
    'API-[A-Z0-9]{25,}',
    'perm[:-][\\w=]{4,}\\.[\\w=]{2,}\\.[\\w]{20,}',
    'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{30,}',
    'pul-[\\da-f]{40}',
    'ops_eyJ[\\w+/=-]{40,}',
    'gl(?:c|sa)_[A-Za-z0-9+/=_]{20,}',
    'NR(?:AK|JS|II|RA)-[A-Za-z0-9-]{16,}',
    'dt0[a-z]\\d\\d\\.[A-Z0-9]{24}\\.[A-Z0-9]{60,}',
    'sntry[su]_[\\w+/=.-]{30,}',
    'hc[abx][il]k_[A-Za-z0-9]{40,}',
    'sq[upa]_[\\da-f]{40}',
    'CCI(?:PAT|PRJ)_[\\w-]{20,}',
    'bk(?:ua|at)_[\\da-f]{32,}',
    'ico-[A-Za-z0-9]{32}',
    'PMAK-[\\da-f]{24}-[\\da-f]{30,}',
    'sg[pd]_[\\da-f_]{30,}',
  ],
  'tools of teams': [
    'pat-(?:na|eu)\\d-[\\da-f-]{36}',
    'ph[xs]_[A-Za-z0-9]{40,}',
    'aio_[A-Za-z0-9]{28}',
    'lin_(?:api|oauth)_[A-Za-z0-9]{32,}',
    'secret_[A-Za-z0-9]{43}',
    'ntn_[A-Za-z0-9]{40,}',
    'figd_[\\w-]{30,}',
    'pat[A-Za-z0-9]{14}\\.[\\da-f]{64}',
    'sl\\.[\\w-]{100,}',
    'rdme_[a-z0-9]{60,}',
    'duffel_(?:test|live)_[\\w-]{30,}',
    'CFPAT-[\\w-]{30,}',
    'tfp_[\\w.-]{40,}',
    'sk\\.eyJ[\\w-]{20,}(?:\\.[\\w-]{16,})?',
  ],
  'seeds of keys': ['AGE-SECRET-KEY-1[A-Za-z0-9]+', 'S[UAONCX][A-Z2-7]{56}', 'xprv[1-9A-HJ-NP-Za-km-z]{90,}'],
}

/** Forms that begin like anything else, with what tells them apart in their middle. */
const markedForms: readonly (readonly [mark: string, form: string])[] = [
  ['Q~', '[\\w~.-]{3}[78]Q~[\\w~.-]{31,34}'],
  ['JQQJ9', '[A-Za-z0-9]{52}JQQJ9[0-9A-Z]{4}[A-Za-z0-9]{4,}'],
  ['AZDO', '[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}'],
  ...['+ASt', 'ACDb', '+ABa', '+AMC', 'AIoT', '+AEh', 'AzSe', '+ACR', 'AzFu'].map(
    (mark) => [mark, `[A-Za-z0-9/+]{39,90}${mark.replace('+', '\\+')}[A-Za-z0-9+/]{5,8}={0,2}`] as const,
  ),
  ['.', '[MNO][\\w-]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,40}'],
  [':AA', '\\d{8,10}:AA[\\w-]{32,34}'],
  ['-us', '(?<![\\w-])[\\da-f]{32}-us\\d{1,2}'],
  ['.atlasv1.', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{40,}'],
  ['NRAL', '[\\da-fA-F]{36}NRAL'],
]

/** `x{20,}` as `x{20}x*`, which takes the same: the former remembers every character that it took, and has nowhere to of millions. */
const forgetful = (form: string): string => form.replaceAll(/(\[[^\][]*\]|\\w)\{(\d+),\}/g, '$1{$2}$1*')

const anywhere = (form: string): RegExp => new RegExp(`(?<![A-Za-z0-9])(?:${forgetful(form)})(?![A-Za-z0-9])`, 'g')

/** Made when a text is first long enough to hold one: most commands read none. */
let made: Readonly<{ begun: RegExp; marked: readonly (readonly [string, RegExp])[] }> | undefined
const expressions = () =>
  (made ??= {
    begun: anywhere(Object.values(tokenForms).flat().join('|')),
    marked: markedForms.map(([mark, form]) => [mark, anywhere(form)] as const),
  })

/** Shorter than any token, and than the shortest of those with a mark. */
const shortest = 14
const shortestMarked = 36

/** The text without tokens, each from its first letter to its last. */
export const withoutTokens = (text: string): string => {
  if (text.length < shortest || !/\d|A[KS]IA/.test(text)) return text
  const { begun, marked } = expressions()
  const clean = text.replace(begun, '')
  return clean.length < shortestMarked
    ? clean
    : marked.reduce((kept, [mark, form]) => (kept.includes(mark) ? kept.replace(form, '') : kept), clean)
}
