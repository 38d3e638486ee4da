export { createPacker, type PackerPorts } from './packs/packer.ts';
