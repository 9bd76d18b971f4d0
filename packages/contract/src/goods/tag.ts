import type { Static } from 'typebox'
import { oneOf } from '../core/common.ts'
import { shopResource } from '../core/resource.ts'

export const tagTones = ['plain', 'accent', 'success', 'warning'] as const

/** A shop's own marks on its products: new, for the season, gift. */
export const tagApi = shopResource({
  title: 'Tag',
  noun: 'tag',
  path: '/tags',
  can: 'catalog.manage',
  read: 'catalog.read',
  fields: { tone: oneOf(tagTones) },
})
export type Tag = Static<typeof tagApi.view.reply>
