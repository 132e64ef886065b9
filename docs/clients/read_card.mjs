// Reads a card with Node.js 18 or later: node read_card.mjs FILE [front|back|auto]
// IDCARD_API is the address of the API, IDCARD_KEY a key where it wants one.
import { readFile } from "node:fs/promises";

const [file, side = "auto"] = process.argv.slice(2);
const response = await fetch(`${process.env.IDCARD_API ?? "http://127.0.0.1:8000"}/ocr/idcard`, {
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    Authorization: `APPCODE ${process.env.IDCARD_KEY ?? ""}`,
  },
  body: JSON.stringify({
    image: await readFile(file, "base64"),
    id_card_side: side,
    detect_direction: true,
  }),
});
const answer = await response.json();
if (!response.ok) {
  console.error(`${answer.error_code}: ${answer.error_msg}`);
  process.exit(1);
}
console.log(answer.msg);
