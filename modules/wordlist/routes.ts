import { requirePermission, requireShop } from '@kaibo/contract/core/access'
import type { Handlers } from '@kaibo/contract/core/handlers'
import type { platformWordListApi, wordListApi } from '@kaibo/contract/show/wordlist'
import type { KeptLists } from './kept-lists.ts'
import { checkText, list, put, remove, type WordListNeeds } from './wordlist.ts'

type Parts = WordListNeeds & { lists: KeptLists }

export const createHandlers = (parts: Parts): Handlers<typeof wordListApi> => ({
  list: async ({ actor }, { shopId, ...query }) => {
    requireShop(actor, 'wordlist.manage', shopId)
    return list(parts, shopId, query)
  },
  put: async ({ actor }, { shopId, ...words }) => {
    requireShop(actor, 'wordlist.manage', shopId)
    return put(parts, actor, { ...words, owner: shopId })
  },
  remove: async ({ actor }, { shopId, ids }) => {
    requireShop(actor, 'wordlist.manage', shopId)
    return remove(parts, shopId, ids)
  },
  tryOut: async ({ actor }, written) => {
    requireShop(actor, 'wordlist.manage', written.shopId)
    return checkText(parts.lists, written)
  },
})

export const createPlatformHandlers = (parts: Parts): Handlers<typeof platformWordListApi> => ({
  list: async ({ actor }, query) => {
    requirePermission(actor, 'platform.manage')
    return list(parts, null, query)
  },
  put: async ({ actor }, words) => {
    requirePermission(actor, 'platform.manage')
    return put(parts, actor, { ...words, owner: null })
  },
  remove: async ({ actor }, { ids }) => {
    requirePermission(actor, 'platform.manage')
    return remove(parts, null, ids)
  },
  tryOut: async ({ actor }, written) => {
    requirePermission(actor, 'platform.manage')
    return checkText(parts.lists, { ...written, shopId: null })
  },
})
