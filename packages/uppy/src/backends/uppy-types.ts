/** Uppy's own types for signing, which its package exports only inside of larger ones. */
import type { AwsS3Options } from '@uppy/aws-s3';
import type { Body, Meta } from '@uppy/core/utils';

type SignOptions = Extract<AwsS3Options<Meta, Body>, { signRequest: unknown }>;
type CredentialsOptions = Extract<AwsS3Options<Meta, Body>, { getCredentials: unknown }>;

/** As in `@uppy/aws-s3`: gets one S3 request and returns the presigned URL for it. */
export type SignRequestFn = SignOptions['signRequest'];
export type PresignableRequest = Parameters<SignRequestFn>[0];
/**
 * What is asked beyond Uppy. `contentType` is the type of the object that a multipart upload becomes; it is sent where the URL says
 * that it is signed. `partNumberMarker` says where a list of more than 1,000 parts goes on: sign it as `part-number-marker` in the
 * query. A signer that does not know it signs for the first 1,000 parts again, and all others are sent again.
 */
export type PortageRequest = PresignableRequest & { readonly contentType?: string; readonly partNumberMarker?: string };
export type PresignedResponse = Awaited<ReturnType<SignRequestFn>>;

/** As in `@uppy/aws-s3`: gets temporary credentials for the page to sign with. */
export type GetCredentialsFn = CredentialsOptions['getCredentials'];
