/**
 * Kinds of goods: a category, then the names that merchants write in titles. The first name is what
 * the kind is; the generator takes one of them by chance, so a search has to know them all.
 */
const kindLines = `
鞋靴/运动鞋 运动鞋 球鞋 跑鞋 跑步鞋
鞋靴/凉鞋 凉鞋 沙滩鞋
鞋靴/皮鞋 皮鞋 正装鞋
鞋靴/马丁靴 马丁靴
鞋靴/高跟鞋 高跟鞋 细跟鞋
服装/卫衣 卫衣 连帽衫 帽衫
服装/羽绒服 羽绒服 羽绒外套
服装/连衣裙 连衣裙 长裙
服装/牛仔裤 牛仔裤 丹宁裤
服装/T恤 T恤 短袖 体恤
服装/防晒衣 防晒衣 防晒服 皮肤衣
服装/衬衫 衬衫 衬衣
服装/睡衣 睡衣 家居服
箱包/双肩包 双肩包 背包 书包
箱包/行李箱 行李箱 拉杆箱 旅行箱
箱包/单肩包 单肩包 斜挎包
数码/手机壳 手机壳 手机套 保护壳
数码/充电宝 充电宝 移动电源
数码/数据线 数据线 充电线 快充线
数码/蓝牙耳机 蓝牙耳机 无线耳机
数码/机械键盘 机械键盘 键盘
数码/鼠标 鼠标 无线鼠标
数码/智能手表 智能手表 电子手表
数码/路由器 路由器 无线路由
家电/空气炸锅 空气炸锅 气炸锅
家电/电饭煲 电饭煲 电饭锅
家电/吹风机 吹风机 电吹风 风筒
家电/加湿器 加湿器
家电/扫地机器人 扫地机器人 扫地机
家电/破壁机 破壁机 豆浆机
家电/台灯 台灯 护眼灯
家电/电风扇 电风扇 落地扇
厨具/保温杯 保温杯 保温瓶
厨具/茶具 茶具 茶具套装
厨具/茶杯 茶杯 品茗杯
厨具/炒锅 炒锅 铁锅
厨具/菜刀 菜刀 厨刀
厨具/饭盒 饭盒 便当盒
家居/四件套 四件套 床上用品
家居/枕头 枕头 枕芯
家居/窗帘 窗帘 遮光帘
家居/收纳箱 收纳箱 储物箱 整理箱
家居/雨伞 雨伞 晴雨伞 遮阳伞
家居/沙发垫 沙发垫 沙发套
日用/洗衣液 洗衣液
日用/纸巾 纸巾 抽纸 面巾纸
日用/牙膏 牙膏
日用/洗发水 洗发水 洗发露
日用/沐浴露 沐浴露 沐浴乳
日用/电动牙刷 电动牙刷 声波牙刷
美妆/口红 口红 唇膏 唇釉
美妆/面膜 面膜
美妆/洗面奶 洗面奶 洁面乳 洁面
美妆/防晒霜 防晒霜 防晒乳
美妆/粉底液 粉底液
美妆/香水 香水 香氛
母婴/纸尿裤 纸尿裤 尿不湿 拉拉裤
母婴/奶瓶 奶瓶
母婴/积木 积木
母婴/毛绒玩具 毛绒玩具 玩偶 公仔
食品/绿茶 绿茶 龙井
食品/咖啡豆 咖啡豆
食品/坚果 坚果 每日坚果 干果
食品/螺蛳粉 螺蛳粉
食品/蜂蜜 蜂蜜
食品/牛肉干 牛肉干 肉干
食品/巧克力 巧克力
生鲜/车厘子 车厘子 樱桃
生鲜/猕猴桃 猕猴桃 奇异果
生鲜/牛排 牛排 牛扒
宠物/猫粮 猫粮
宠物/猫砂 猫砂
运动/瑜伽垫 瑜伽垫 健身垫
运动/帐篷 帐篷 露营帐篷
运动/羽毛球拍 羽毛球拍
运动/自行车 自行车 单车
运动/哑铃 哑铃
车品/行车记录仪 行车记录仪
文具/笔记本 笔记本 本子 记事本
文具/中性笔 中性笔 签字笔
`

export type Kind = { path: string[]; names: string[] }

export const kinds: readonly Kind[] = kindLines
  .trim()
  .split('\n')
  .map(line => {
    const [path = '', ...names] = line.split(' ')
    return { path: path.split('/'), names }
  })

/** Invented names; half of the Latin ones have a Chinese name too. */
export const brands = `
山栖 云禾 木澜 青鹿 白汀 南枝 北屿 江映 石也 半夏里 小满家 一粒盐 见山 拾野 林间集 素年 海拾贝 微风集 暖橘 初桐
鹿眠 鲸跃 星屿 月白 竹生 禾也 泊岸 朝露 晚舟 松果屋 小岛日记 长风 归野 云上集 花间序 安和 清欢 木子良品 大漠 川行
Norvik Lumora Tazzel Quillo Bremwood Ostara Fennix Kalmera Zephora Dunbria Velmont Pikara Hollowell Mirelle Sandoku
`
  .trim()
  .split(/\s+/)

export const audiences = ['男', '女', '儿童', '老人', '学生', '情侣', '', '', '', '']
export const traits = `
轻便 透气 防滑 复古 简约 加厚 便携 大容量 静音 抗菌 家用 户外 旅行 办公室 新款 爆款 高颜值 国潮 日系 法式 北欧 商务
可折叠 速干 保暖 防水 耐磨 亲肤 低糖 有机 手工 礼盒 智能 护眼 节能 迷你 加大 经典 限定 联名 送礼 夏季 冬季 春秋
`
  .trim()
  .split(/\s+/)
export const materials = [
  '纯棉',
  '真皮',
  '不锈钢',
  '陶瓷',
  '实木',
  '硅胶',
  '玻璃',
  '亚麻',
  '',
  '',
  '',
]
export const colours = ['黑色', '白色', '米色', '墨绿', '雾蓝', '樱花粉', '原木色', '']
export const sizes = ['500ml', '1L', '2只装', '3件套', 'M码', 'XL', '20寸', '10包', '1.5米', '']
export const devices = ['iPhone15', 'iPhone16Pro', 'Mate70', 'Redmi', 'iPad', 'TypeC']
