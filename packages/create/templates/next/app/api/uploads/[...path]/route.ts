import { uploads } from '../../../../lib/uploads';

export { uploads as GET, uploads as OPTIONS, uploads as POST };
