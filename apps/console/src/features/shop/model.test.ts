import { expect, test } from 'vitest'
import { nameProblem, shopChange } from './model.ts'

const shop = { id: 'shop', name: '山岚小铺', intro: '手作器物', logoUrl: '/api/files/logo-1' }
const same = { name: '山岚小铺', intro: '手作器物', logoFileId: 'logo-1' }

test('a form that was only looked at changes nothing', () => {
  expect(shopChange(shop, { ...same, name: ' 山岚小铺 ' })).toEqual({})
})

test('only what is different is sent', () => {
  expect(shopChange(shop, { ...same, intro: '' })).toEqual({ intro: '' })
  expect(shopChange(shop, { ...same, logoFileId: 'logo-2' })).toEqual({ logoFileId: 'logo-2' })
})

test('a logo that was removed stays until there is another one', () => {
  expect(shopChange(shop, { ...same, logoFileId: undefined })).toEqual({})
})

test('one character is no name', () => {
  expect(nameProblem(' 山 ')).toBe('nameShort')
  expect(nameProblem('山岚')).toBeUndefined()
})
