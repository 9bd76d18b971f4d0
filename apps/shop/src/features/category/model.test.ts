import type { Category } from '@kaibo/contract/goods/category'
import { expect, test } from 'vitest'
import { childrenOf, nameOf, pathTo } from './model.ts'

const node = (id: string, path: string[], position: number): Category => ({
  id,
  name: id,
  nameEn: id === 'shoes' ? 'Shoes' : '',
  path: [...path, id],
  parentId: path.at(-1) ?? null,
  position,
  documentTypeIds: [],
  rateHandle: '',
})
const tree = [node('tea', [], 1), node('shoes', [], 0), node('boots', ['shoes'], 0)]

test('siblings stand in their order', () => {
  expect(childrenOf(tree, null).map(each => each.id)).toEqual(['shoes', 'tea'])
  expect(childrenOf(tree, 'shoes').map(each => each.id)).toEqual(['boots'])
})

test('the way to a category begins at the top', () => {
  expect(pathTo(tree, 'boots').map(each => each.id)).toEqual(['shoes', 'boots'])
  expect(pathTo(tree, 'nowhere')).toEqual([])
})

test('a category without an English name keeps its own', () => {
  expect(nameOf({ name: '鞋靴', nameEn: 'Shoes' }, 'en')).toBe('Shoes')
  expect(nameOf({ name: '茶', nameEn: '' }, 'en')).toBe('茶')
  expect(nameOf({ name: '鞋靴', nameEn: 'Shoes' }, 'zh-CN')).toBe('鞋靴')
})
