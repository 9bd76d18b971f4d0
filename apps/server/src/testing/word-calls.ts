import { newId } from '@kaibo/kernel/ids'
import type { World } from './world.ts'

const words = { words: ['同行小店'], tier: 'mask', scenes: ['chat'], note: '' }
const tried = { text: '你好', scene: 'chat' }

export const wordListCalls = {
  list: ({ shopId }: World) => ({ shopId, limit: 5 }),
  put: ({ shopId }: World) => ({ shopId, ...words }),
  remove: ({ shopId }: World) => ({ shopId, ids: [newId()] }),
  tryOut: ({ shopId }: World) => ({ shopId, ...tried }),
}

export const platformWordListCalls = {
  list: () => ({ limit: 5 }),
  put: () => words,
  remove: () => ({ ids: [newId()] }),
  tryOut: () => tried,
}
