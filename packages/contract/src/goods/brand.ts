import type { Static } from 'typebox'
import { Id, nullable, text } from '../core/common.ts'
import { platformResource } from '../core/resource.ts'

/** The platform's brands: everybody's to name, the operator's to change. */
export const brandApi = platformResource({
  title: 'Brand',
  noun: 'brand',
  path: '/brands',
  can: 'platform.manage',
  read: 'public',
  fields: { nameEn: text(0, 40), logoFileId: nullable(Id) },
})
export type Brand = Static<typeof brandApi.view.reply>
