export { createPacker, type Joined, type Packer, type PackerPorts, type ToJoin } from './packs/packer.ts';
