import * as v from 'valibot';
import { invalidRequest } from '../errors/s3-error.ts';
import type { CorsRule } from '../http/cors-rule.ts';
import { parseShape, xmlText } from './parse-xml.ts';
import { writeXml, xml } from './write-xml.ts';

const METHODS: readonly string[] = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];

/** Most rules of a bucket. */
const MAX_RULES = 100;

const texts = v.optional(v.array(xmlText), []);

const CorsBody = v.object({
  CORSConfiguration: v.object({
    CORSRule: v.pipe(
      v.array(
        v.object({
          ID: v.optional(xmlText),
          AllowedOrigin: v.pipe(v.array(xmlText), v.minLength(1)),
          AllowedMethod: v.pipe(v.array(xmlText), v.minLength(1)),
          AllowedHeader: texts,
          ExposeHeader: texts,
          MaxAgeSeconds: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))),
        }),
      ),
      v.minLength(1),
      v.maxLength(MAX_RULES),
    ),
  }),
});

/**
 * Reads the body of PutBucketCors.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
 */
export function parseBucketCors(body: string): readonly CorsRule[] {
  return parseShape(body, CorsBody).CORSConfiguration.CORSRule.map((rule) => {
    const unknown = rule.AllowedMethod.find((method) => !METHODS.includes(method));
    if (unknown !== undefined) {
      throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
    }
    const wild = [...rule.AllowedOrigin, ...rule.AllowedHeader].find((each) => each.split('*').length > 2);
    if (wild !== undefined) throw invalidRequest(`AllowedOrigin "${wild}" can not have more than one wildcard.`);
    return {
      ...(rule.ID !== undefined && { id: rule.ID }),
      origins: rule.AllowedOrigin,
      methods: rule.AllowedMethod,
      allowedHeaders: rule.AllowedHeader,
      exposedHeaders: rule.ExposeHeader,
      ...(rule.MaxAgeSeconds !== undefined && { maxAgeSeconds: rule.MaxAgeSeconds }),
    };
  });
}

/** Writes the response of GetBucketCors. */
export function writeBucketCors(rules: readonly CorsRule[]): string {
  const all = (name: string, values: readonly string[]) => values.map((value) => xml(name, value));
  return writeXml(
    xml(
      'CORSConfiguration',
      rules.map((rule) =>
        xml('CORSRule', [
          rule.id === undefined ? undefined : xml('ID', rule.id),
          ...all('AllowedOrigin', rule.origins),
          ...all('AllowedMethod', rule.methods),
          ...all('AllowedHeader', rule.allowedHeaders),
          ...all('ExposeHeader', rule.exposedHeaders),
          rule.maxAgeSeconds === undefined ? undefined : xml('MaxAgeSeconds', rule.maxAgeSeconds),
        ]),
      ),
    ),
  );
}
