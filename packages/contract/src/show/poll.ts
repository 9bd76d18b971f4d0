import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShopAndId,
  Done,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  text,
} from '../core/common.ts'
import { endpoint, event } from '../core/endpoint.ts'
import { Person } from '../people/account.ts'

/** A vote 投票 asks for opinions; a quiz 问答 has one right answer and a ranking by time. */
export const pollKinds = ['vote', 'quiz'] as const
export type PollKind = (typeof pollKinds)[number]

export const pollStates = ['ready', 'open', 'closed'] as const
export type PollState = (typeof pollStates)[number]

export const pollOptionsMin = 2
export const pollOptionsMax = 6
/** Polls of one room, prepared ones included. */
export const pollsPerRoomMax = 50
/** Places that a ranking shows. */
export const pollRankingMax = 100
export const pollWindowSecMax = 3_600

const Option = Type.Integer({ minimum: 0, maximum: pollOptionsMax - 1 })

/** How people voted. `counts` is null where it would tell others the answer: in a quiz that is open. */
const tally = {
  voterCount: Type.Integer(),
  /** One number per option. */
  counts: nullable(Type.Array(Type.Integer())),
}

export const Poll = named('Poll', {
  id: Id,
  kind: oneOf(pollKinds),
  question: Type.String(),
  options: Type.Array(Type.String()),
  state: oneOf(pollStates),
  /** From opening to the bell. */
  windowSec: Type.Integer(),
  openedAt: nullable(Instant),
  /** The bell: what the server receives later does not count. */
  closesAt: nullable(Instant),
  ...tally,
  /** Of a quiz, once it is closed; its hosts always see it. Counted from 0. */
  rightOption: nullable(Type.Integer()),
})
export type Poll = Static<typeof Poll>

/** What a room is told while people vote. */
export const PollTally = object({ pollId: Id, ...tally })
export type PollTally = Static<typeof PollTally>

export const MyVote = named('MyVote', {
  pollId: Id,
  option: Type.Integer(),
  /** From the opening until the server received it. */
  elapsedMs: Type.Integer(),
  /** Of a closed quiz. */
  isRight: nullable(Type.Boolean()),
  /** Among the right answers of a closed quiz; 1 was the fastest. */
  rank: nullable(Type.Integer()),
})
export type MyVote = Static<typeof MyVote>

export const pollErrors = errors({
  'poll.not_found': [404, 'This poll does not exist.', '投票不存在'],
  'poll.over': [409, 'This poll is not open.', '投票未在进行中'],
  'poll.voted': [409, 'You have voted already.', '你已经投过票了'],
  'poll.already_open': [
    409,
    'Another poll of this room is open. Close it first.',
    '当前直播间已有进行中的投票，请先结束',
  ],
  'poll.wrong_state': [
    409,
    'The poll has moved on; this is no longer possible.',
    '投票状态已变化，无法执行此操作',
  ],
  'poll.invalid': [
    422,
    'Options must differ, and a quiz needs one right answer among them.',
    '选项不能重复，问答需指定一个正确答案',
  ],
  'poll.too_many': [409, 'This room has no place for another poll.', '该直播间的投票数量已达上限'],
})

const ByPoll = object({ shopId: Id, id: Id, pollId: Id })
const manage = { can: 'room.assist', scope: 'shop', audit: 'write' } as const
const change = { ...manage, rate: 'write', idempotency: 'natural', reply: Poll } as const
const look = { rate: 'read', idempotency: 'safe', audit: 'none' } as const

export const pollApi = {
  list: endpoint({
    method: 'GET',
    path: '/live/:id/polls',
    summary: 'Polls of a room that are or were open, newest first',
    can: 'public',
    scope: 'public',
    ...look,
    params: ById,
    reply: object({ items: Type.Array(Poll), now: Instant }),
    errors: ['live.not_found'],
  }),
  ranking: endpoint({
    method: 'GET',
    path: '/live/:id/polls/:pollId/ranking',
    summary: 'Who answered a closed quiz right, fastest first; nobody before the bell',
    can: 'public',
    scope: 'public',
    ...look,
    params: object({ id: Id, pollId: Id }),
    reply: object({
      items: Type.Array(
        object({ rank: Type.Integer(), person: Person, elapsedMs: Type.Integer() }),
      ),
    }),
    errors: ['poll.not_found'],
  }),
  mine: endpoint({
    method: 'GET',
    path: '/live/:liveId/polls/mine',
    summary: 'How I voted in this room',
    can: 'account.self',
    scope: 'self',
    ...look,
    params: object({ liveId: Id }),
    reply: object({ items: Type.Array(MyVote) }),
    errors: [],
  }),
  vote: endpoint({
    method: 'POST',
    path: '/live/:liveId/polls/:pollId/vote',
    summary: 'Vote, once per person and before the bell; the same vote again answers alike',
    can: 'account.self',
    scope: 'self',
    rate: 'write',
    idempotency: 'natural',
    audit: 'none',
    params: object({ liveId: Id, pollId: Id }),
    body: object({ option: Option }),
    reply: MyVote,
    errors: ['poll.not_found', 'poll.over', 'poll.voted'],
  }),
  manageList: endpoint({
    method: 'GET',
    path: '/shops/:shopId/live/:id/polls',
    summary: 'Polls of a room of my shop, newest first, with answers and prepared ones',
    can: 'room.assist',
    scope: 'shop',
    ...look,
    params: ByShopAndId,
    reply: object({ items: Type.Array(Poll), now: Instant }),
    errors: ['live.not_found'],
  }),
  create: endpoint({
    method: 'POST',
    path: '/shops/:shopId/live/:id/polls',
    summary: 'Prepare a poll; the body carries its id',
    ...change,
    params: ByShopAndId,
    body: object({
      pollId: Id,
      kind: oneOf(pollKinds),
      question: text(1, 60),
      options: Type.Array(text(1, 24), { minItems: pollOptionsMin, maxItems: pollOptionsMax }),
      rightOption: nullable(Option),
      windowSec: Type.Integer({ minimum: 5, maximum: pollWindowSecMax }),
    }),
    errors: [
      'live.not_found',
      'live.ended',
      'poll.not_found',
      'poll.invalid',
      'poll.too_many',
      'wordlist.refused',
    ],
  }),
  open: endpoint({
    method: 'POST',
    path: '/shops/:shopId/live/:id/polls/:pollId/open',
    summary: 'Open a prepared poll now: its bell rings after its window; one at a time in a room',
    ...change,
    params: ByPoll,
    errors: [
      'live.not_found',
      'live.ended',
      'poll.not_found',
      'poll.wrong_state',
      'poll.already_open',
    ],
  }),
  close: endpoint({
    method: 'POST',
    path: '/shops/:shopId/live/:id/polls/:pollId/close',
    summary: 'Ring the bell now',
    ...change,
    params: ByPoll,
    errors: ['live.not_found', 'poll.not_found', 'poll.wrong_state'],
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/shops/:shopId/live/:id/polls/:pollId',
    summary: 'Drop a prepared poll; one that was open stays',
    ...manage,
    rate: 'write',
    idempotency: 'natural',
    params: ByPoll,
    reply: Done,
    errors: ['live.not_found', 'poll.wrong_state'],
  }),
}

/** A poll opened or closed: rooms look again. */
export const pollMoved = event(
  'poll.moved',
  object({ pollId: Id, liveId: Id, state: oneOf(pollStates) }),
)
