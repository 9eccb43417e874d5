// The answers of the hub to a desk's requests.

import { wordsOf, type Answer } from "../shared/post.js";
import { say } from "../shared/texts.js";
import type { Message } from "./notices.js";
import { language } from "./session.js";

/** The answer's body; null when the request was not taken, and then the message says why. */
export function valueOf<T>(answer: Answer<T>, message: Message, refused: () => void): T | null {
  switch (answer.kind) {
    case "yes":
      return answer.value;
    case "no":
      message.say(wordsOf(answer, language(), say(language(), "desk.failed.other")));
      return null;
    case "silence":
      message.say(say(language(), "desk.failed.network"), "bad");
      return null;
    case "unauthorised":
      refused();
      return null;
  }
}
