import type { ProductPage } from '@kaibo/contract/goods/catalog'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Files } from '@kaibo/modules/files'
import { insertPages, pageById } from './store.ts'

/** What a page shows: files by id, names as they were. More than that is not kept. */
export type Shown = Omit<ProductPage, 'pictureUrls' | 'videoUrl' | 'skus' | 'versionId' | 'at'> & {
  pictureFileIds: Id[]
  videoFileId: Id | null
  skus: (Omit<ProductPage['skus'][number], 'pictureUrl'> & { pictureFileId: Id | null })[]
}

export type SnapshotNeeds = { files: Pick<Files, 'urlOf'> }

type Version = { versionId: Id; productId: Id; number: number; by: Id | null }

/** Pages of products as they stood 快照: kept for good, never changed. */
export type Snapshots = {
  /** Keeps versions of products. */
  keep(tx: Tx, versions: readonly (Version & { shown: Shown })[]): Promise<void>
  /** The page as it stood in a version; null for an unknown one. */
  pageOf(db: Db, versionId: Id): Promise<ProductPage | null>
  /** What a version would show. */
  preview(shown: Shown, stamp: Pick<ProductPage, 'versionId' | 'at'>): ProductPage
}

export const createSnapshots = ({ files }: SnapshotNeeds): Snapshots => ({
  keep: (tx, versions) =>
    insertPages(
      tx,
      versions.map(({ shown, ...version }) => ({ ...version, shown: onlyShown(shown) })),
    ),
  pageOf: async (db, versionId) => {
    const kept = await pageById(db, versionId)
    return kept ? render(files, kept.shown, { versionId, at: kept.at.toISOString() }) : null
  },
  preview: (shown, stamp) => render(files, onlyShown(shown), stamp),
})

const onlyShown = (shown: Shown): Shown => ({
  title: shown.title,
  subtitle: shown.subtitle,
  description: shown.description,
  detail: shown.detail,
  pictureFileIds: shown.pictureFileIds,
  videoFileId: shown.videoFileId,
  noReturn: shown.noReturn,
  brandName: shown.brandName,
  categoryNames: shown.categoryNames,
  skus: shown.skus.map(({ id, spec, priceFen, strike, pictureFileId }) => ({
    id,
    spec,
    priceFen,
    strike,
    pictureFileId,
  })),
})

const render = (
  files: SnapshotNeeds['files'],
  { pictureFileIds, videoFileId, skus, ...page }: Shown,
  { versionId, at }: Pick<ProductPage, 'versionId' | 'at'>,
): ProductPage => ({
  ...page,
  pictureUrls: pictureFileIds.map(files.urlOf),
  videoUrl: videoFileId && files.urlOf(videoFileId),
  skus: skus.map(({ pictureFileId, ...sku }) => ({
    ...sku,
    pictureUrl: pictureFileId && files.urlOf(pictureFileId),
  })),
  versionId,
  at,
})
