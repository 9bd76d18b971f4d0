import type { Handlers } from '@kaibo/contract/core/handlers'
import { resourceHandlers } from '@kaibo/contract/core/resource-handlers'
import { type DocumentType, documentTypeApi } from '@kaibo/contract/goods/document-type'
import type { qualificationApi } from '@kaibo/contract/goods/qualification'
import type { Db } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import { createResourceStore } from '@kaibo/db/resource'
import type { Id } from '@kaibo/kernel/ids'
import * as qualification from './qualification.ts'

export type { QualificationNeeds } from './qualification.ts'

/** The papers that shops need to sell certain goods. */
export type Qualifications = {
  handlers: Handlers<typeof qualificationApi>
  typeHandlers: Handlers<typeof documentTypeApi>
  /** The kinds among `typeIds` for which the shop has nothing that is good today. */
  missingTypes(db: Db, q: { shopId: Id; typeIds: readonly Id[] }): Promise<DocumentType[]>
  /** Those of `ids` that are kinds of documents. */
  documentTypesByIds(db: Db, ids: readonly Id[]): Promise<DocumentType[]>
  /** Takes goods off whose documents ended since. */
  lapseDue(): Promise<void>
  work(jobs: Pick<Jobs, 'every'>): void
}

const lapseEverySec = 60

export function createQualifications(needs: qualification.QualificationNeeds): Qualifications {
  const types = createResourceStore<DocumentType>(needs.database, {
    table: 'qualification_type',
    scope: 'platform',
    fields: ['nameEn', 'hint'],
    rowsMax: 200,
  })
  const desk = { ...needs, types }
  const lapseDue = () => qualification.lapseDue(desk)
  return {
    handlers: {
      list: async (ctx, query) => qualification.listOwn(desk, ctx.actor, query),
      submit: async (ctx, document) => qualification.submit(desk, ctx.actor, document),
      withdraw: async (ctx, owned) => {
        await qualification.withdraw(desk, ctx.actor, owned)
        return { ok: true }
      },
      queue: async (ctx, query) => qualification.listAll(desk, ctx.actor, query),
      decide: async (ctx, decision) => qualification.decide(desk, ctx.actor, decision),
    },
    typeHandlers: resourceHandlers(documentTypeApi, types),
    missingTypes: (db, q) => qualification.missingTypes(desk, db, q),
    documentTypesByIds: (db, ids) => types.rowsByIds(db, { ids }),
    lapseDue,
    work: jobs => jobs.every('qualification.lapse', lapseEverySec, lapseDue),
  }
}
