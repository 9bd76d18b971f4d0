import type { Database } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog } from '@kaibo/modules/catalog'
import { sql } from 'kysely'

/** What a shop does that has no search: the title contains what was typed, newest first; then the cards. */
export const createPeer =
  ({ db }: Database, catalog: Pick<Catalog, 'cardsByIds'>, limit: number) =>
  async (text: string): Promise<Id[]> => {
    const { rows } = await sql<{ id: Id }>`
      select id from catalog_product
      where state = 'on_shelf' and title ilike ${`%${text}%`}
      order by created_at desc, id desc limit ${limit}`.execute(db)
    const cards = await catalog.cardsByIds(
      db,
      rows.map(row => row.id),
    )
    return cards.map(card => card.id)
  }
