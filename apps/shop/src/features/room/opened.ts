import type { Comment } from '@kaibo/contract/show/chat'

/** What lies over the picture besides buying. */
export type Opened =
  | { what: 'bag' | 'coupons' | 'menu' | 'polls' | 'stories' }
  | { what: 'message'; comment: Comment }
  | { what: 'threads'; rootId: string | null }
  | null
