// What both rivals share: reading the shop that bench_rivals writes, and measuring.
//   node RIVAL.mjs SHOP.json ANSWER.json SECONDS
// SHOP.json: {"offers":[as in a file of offers],"baskets":[{"lines":[{"key","product","categories",
// "units","price_minor"}]}]}. ANSWER.json: {"offers":N,"setup_ms":M,"baskets":[{"us":T,...}]}, with as
// many baskets as there was time for.

import { readFileSync, writeFileSync } from 'node:fs';

// `prepare(offers)` gives {offers, answer}: how many offers it could express, and an async function
// that answers for one basket; what that gives is put beside its time.
export async function run(prepare) {
  const [shopFile, answerFile, seconds] = process.argv.slice(2);
  const shop = JSON.parse(readFileSync(shopFile, 'utf8'));
  const begin = performance.now();
  const { offers, answer, shape } = prepare(shop.offers);
  const answers = { offers, setup_ms: performance.now() - begin, baskets: [] };
  await answer(shop.baskets[0]); // so that the first one measured is compiled
  const end = performance.now() + 1000 * Number(seconds);
  for (const basket of shop.baskets) {
    const start = performance.now();
    const found = await answer(basket);
    answers.baskets.push({ us: (performance.now() - start) * 1000, ...shape(found) });
    if (performance.now() > end) break;
  }
  writeFileSync(answerFile, JSON.stringify(answers));
}
