import type { CredentialsProvider } from './s3/credentials.ts';

/**
 * Amazon's default chain: environment, shared files, SSO, web identity, and the roles of ECS and EC2. Needs
 * `@aws-sdk/credential-provider-node` beside this package; it is loaded when credentials are needed first.
 *
 * @example
 * s3({ bucket: 'media', region: 'eu-central-1', credentials: awsCredentials() });
 */
export function awsCredentials(): CredentialsProvider {
  let chain: Promise<CredentialsProvider> | undefined;
  return async () => {
    chain ??= import('@aws-sdk/credential-provider-node').then(({ defaultProvider }) => defaultProvider());
    return (await chain)();
  };
}
