import { permissions, type Role } from '@kaibo/contract/core/permissions'
import type { Me } from '@kaibo/contract/people/account'

const hosts: readonly Role[] = permissions['live.host']

/** Whether somebody may go live for some shop, by the table that the server enforces. */
export const isHost = (shops: Me['shops']): boolean =>
  shops.some(({ role }) => hosts.includes(role))
