import type { Category } from '@kaibo/contract/goods/category'
import { expect, test } from 'vitest'
import { pathText, placeOf, treeOf } from './model.ts'

const node = (id: string, parentId: string | null, position: number): Category => ({
  id,
  parentId,
  position,
  name: `类 ${id}`,
  nameEn: id === 'a' ? 'Food' : '',
  documentTypeIds: [],
  rateHandle: '',
  path: parentId ? [parentId, id] : [id],
})
const tree = [node('a', null, 0), node('b', null, 10), node('a1', 'a', 0), node('a2', 'a', 10)]

test('the tree nests children under their parents, named in the language of the page', () => {
  expect(treeOf(tree, 'en')).toMatchObject([
    { title: 'Food', children: [{ title: '类 a1' }, { title: '类 a2' }] },
    { title: '类 b', children: [] },
  ])
  expect(pathText(tree, 'a2', 'zh-CN')).toBe('类 a / 类 a2')
  expect(pathText(tree, 'gone', 'zh-CN')).toBe('')
})

test('dropped on a node it becomes the last child, beside one it stands between', () => {
  const dropped = { id: 'b', targetId: 'a', on: true, before: false }
  expect(placeOf(tree, dropped)).toEqual({ parentId: 'a', position: 20 })
  const between = { id: 'b', targetId: 'a2', on: false, before: true }
  expect(placeOf(tree, between)).toEqual({ parentId: 'a', position: 5 })
  const last = { id: 'a1', targetId: 'b', on: false, before: false }
  expect(placeOf(tree, last)).toEqual({ parentId: null, position: 20 })
})
