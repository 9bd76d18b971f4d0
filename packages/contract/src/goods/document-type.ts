import type { Static } from 'typebox'
import { text } from '../core/common.ts'
import { platformResource } from '../core/resource.ts'

/** Kinds of papers that a category may ask for: a food licence, a filing of cosmetics. */
export const documentTypeApi = platformResource({
  title: 'DocumentType',
  noun: 'kind of document',
  path: '/document-types',
  can: 'platform.manage',
  read: 'public',
  fields: { nameEn: text(0, 40), hint: text(0, 200) },
})
export type DocumentType = Static<typeof documentTypeApi.view.reply>
