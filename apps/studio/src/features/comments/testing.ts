import type { Comment } from '@kaibo/contract/show/chat'

/** A viewer's comment whose text is its id. */
export const commentOf = (id: string, facts: Partial<Comment> = {}): Comment => ({
  id,
  author: { id: 'viewer', nickname: '小满', avatarUrl: null },
  role: 'none',
  kind: 'comment',
  text: id,
  replyTo: null,
  mentions: [],
  isAnswered: false,
  state: 'shown',
  at: '2026-01-01T10:00:00Z',
  ...facts,
})
