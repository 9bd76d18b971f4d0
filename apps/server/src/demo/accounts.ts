import { createHash, createHmac } from 'node:crypto'

/** People of the demo. They sign in by phone code, which the dev outbox shows; none has a password. */
export const demoAccounts = [
  {
    key: 'buyer',
    phone: '13800000001',
    nickname: '小林',
    role: 'buyer',
    avatar: 'covers/avatar-3.webp',
  },
  {
    key: 'host',
    phone: '13800000002',
    nickname: '阿岚',
    role: 'owner and host of the demo room',
    avatar: 'covers/avatar-1.webp',
  },
  {
    key: 'clerk',
    phone: '13800000003',
    nickname: '阿宁',
    role: 'clerk of the same shop',
    avatar: 'covers/avatar-4.webp',
  },
  {
    key: 'newHost',
    phone: '13800000004',
    nickname: '小满',
    role: 'owner of a second shop, ready to go live',
    avatar: 'covers/avatar-2.webp',
  },
  {
    key: 'assistant',
    phone: '13800000005',
    nickname: '阿瑶',
    role: 'assistant of the demo room',
    avatar: 'covers/avatar-2.webp',
  },
  {
    key: 'moderator',
    phone: '13800000006',
    nickname: '小周',
    role: 'moderator of the demo room',
    avatar: 'covers/avatar-3.webp',
  },
  {
    key: 'operator',
    phone: '13800000009',
    nickname: '平台',
    role: 'platform operator',
    avatar: 'covers/avatar-5.webp',
  },
] as const
export type DemoKey = (typeof demoAccounts)[number]['key']

/** A fixed id for a demo thing, the same in every installation: RFC 9562 version 8. */
export function demoId(name: string): string {
  const bytes = createHash('sha256').update(`kaibo demo ${name}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}

/** The demo room's stream key: of this installation alone, and the same after a restart. */
export function demoStreamKey(secret: Buffer): string {
  const text = createHmac('sha256', secret)
    .update('demo room')
    .digest('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
  return `sk_${text.slice(0, 32).padEnd(32, '0')}`
}
