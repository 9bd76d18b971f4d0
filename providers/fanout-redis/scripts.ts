import { catchUpMax } from '@kaibo/realtime/fanout/store'

/** Keys outlive the last sign of life of their followers by this long, as the followers' rings do. */
const keptSec = 900

/**
 * Every script gets the prefix of all keys as its key. A topic is a hash `<prefix>t:<topic>` of epoch
 * and oseq, and a stream `<prefix>i:<topic>` whose ids are `<oseq>-0`. A script runs undisturbed, so
 * the numbers of a topic are told in their order.
 */
export const scripts = {
  publish: `
local now = redis.call('TIME')
local at = string.format('%d', now[1] * 1000 + math.floor(now[2] / 1000))
for i = 2, #ARGV, 2 do
  local topic, json = ARGV[i], ARGV[i + 1]
  local head, items = KEYS[1] .. 't:' .. topic, KEYS[1] .. 'i:' .. topic
  local epoch = redis.call('HGET', head, 'epoch')
  if epoch then
    local oseq = string.format('%d', redis.call('HINCRBY', head, 'oseq', 1))
    redis.call('XADD', items, 'MAXLEN', ${catchUpMax}, oseq .. '-0', 'at', at, 'json', json)
    redis.call('EXPIRE', items, ${keptSec})
    redis.call('PUBLISH', ARGV[1], table.concat({'o', topic, epoch, oseq, at, json}, '\\n'))
  end
end`,

  open: `
local head = KEYS[1] .. 't:' .. ARGV[1]
if redis.call('HSETNX', head, 'epoch', ARGV[2]) == 1 then redis.call('HSET', head, 'oseq', 0) end
redis.call('EXPIRE', head, ${keptSec})
return redis.call('HMGET', head, 'epoch', 'oseq')`,

  /** Position and items behind a known one, or the position alone when they are out of reach. */
  missed: `
local topic, epoch, oseq = ARGV[1], ARGV[2], tonumber(ARGV[3])
local now = redis.call('HMGET', KEYS[1] .. 't:' .. topic, 'epoch', 'oseq')
if not now[1] then return false end
local entries = {}
if now[1] == epoch and tonumber(now[2]) > oseq and tonumber(now[2]) - oseq <= ${catchUpMax} then
  entries = redis.call('XRANGE', KEYS[1] .. 'i:' .. topic, string.format('(%d-0', oseq), '+')
end
return {now[1], now[2], entries}`,

  keep: `
for _, topic in ipairs(ARGV) do redis.call('EXPIRE', KEYS[1] .. 't:' .. topic, ${keptSec}) end`,
} as const
