import { xml } from '../../xml/write-xml.ts';

/** Everything in the store belongs to one owner. */
export const OWNER = [
  xml('ID', '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a'),
  xml('DisplayName', 'mock-s3'),
];
