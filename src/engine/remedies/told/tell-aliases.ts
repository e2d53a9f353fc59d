/** What else an alias among trust domains does: policies take all local ones for one, except those that ztunnel reads literally. Rules AUTHZ-15, AUTHZ-40. */
export const tellAliases =
  'AuthorizationPolicies that name an account of either trust domain then mean the same account of the other too, except at ztunnel'
