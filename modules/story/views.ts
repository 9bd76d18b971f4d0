import type { Story } from '@kaibo/contract/show/story'
import type { Db } from '@kaibo/db/database'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Files } from '@kaibo/modules/files'
import type { StoryRow } from './store.ts'

export type ViewNeeds = {
  readonly files: Pick<Files, 'urlOf'>
  readonly catalog: Pick<Catalog, 'cardsByIds'>
}

/** Stories with their pictures and products, in this order: one query for all of them. */
export async function viewsOf(
  { files, catalog }: ViewNeeds,
  db: Db,
  stories: readonly StoryRow[],
): Promise<Story[]> {
  const productIds = stories.flatMap(({ plan }) =>
    plan.kind === 'comparison' ? plan.productIds : [],
  )
  const cards = productIds.length > 0 ? await catalog.cardsByIds(db, [...new Set(productIds)]) : []
  const cardOf = new Map(cards.map(card => [card.id, card]))
  return stories.map(({ id, plan, updatedAt }): Story => {
    const head = { id, title: plan.title, text: plan.text, updatedAt: updatedAt.toISOString() }
    if (plan.kind === 'story') {
      const pictures = plan.pictureFileIds.map(fileId => ({ fileId, url: files.urlOf(fileId) }))
      return { kind: 'story', ...head, pictures }
    }
    const products = plan.productIds.map(productId => ({
      productId,
      product: cardOf.get(productId) ?? null,
    }))
    return { kind: 'comparison', ...head, products, rows: plan.rows }
  })
}
