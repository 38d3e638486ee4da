import { uploads } from '../../../../uploads.ts';

export { uploads as GET, uploads as OPTIONS, uploads as POST };
