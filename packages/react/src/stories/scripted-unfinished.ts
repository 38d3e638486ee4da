import { FileChangedError, FileUnreadableError, type UnfinishedUpload, type UnfinishedUploads } from '@portage/uppy';

/** An upload of an earlier page, as the scene wants it. */
export interface SceneUnfinished extends Pick<UnfinishedUpload, 'name' | 'size'> {
  /** Milliseconds ago. */
  readonly age: number;
  readonly oneClick?: boolean;
  /** Its file is not where it was: the one click does not help. */
  readonly lost?: boolean;
}

/** Stands in for the plugin's `unfinished`: a file of another size is refused, `lost` ones have to be picked. */
export function scriptedUnfinished(
  scenes: readonly SceneUnfinished[],
  onContinue: (name: string) => void = () => {},
): UnfinishedUploads {
  const records = new Map(
    scenes.map(({ age, oneClick = false, ...scene }, index) => {
      const id = String(index);
      return [id, { ...scene, id, type: '', startedAt: Date.now() - age, oneClick }];
    }),
  );
  return {
    list: async () => [...records.values()],
    onFreed: () => () => {},
    async continue(id, file) {
      const record = records.get(id);
      if (!record || (!file && (!record.oneClick || record.lost))) throw new FileUnreadableError();
      if (file && file.size !== record.size) throw new FileChangedError(record.name);
      records.delete(id);
      onContinue(record.name);
    },
    async discard(id) {
      records.delete(id);
    },
    async clear() {
      records.clear();
    },
  };
}
