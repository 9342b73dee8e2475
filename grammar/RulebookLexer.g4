// The words of the rulebook language. RulebookParser.g4 puts them together; ADDING.md says what else
// a new construct touches.
lexer grammar RulebookLexer;

channels { COMMENTS }

// Never matched here; the scanner of compiler/syntax makes them of what is, looking at the next word:
// COUNT_OF_UNITS of an INT or DECIMAL in front of a unit, so that `14 days` is told from a number
// without asking what may follow it; HEAD_BEGIN of the first BAR behind a `{` that is the first word
// of its line, ROW_BEGIN of the others; ROW_END of a BAR that is the last word of its line.
tokens { COUNT_OF_UNITS, HEAD_BEGIN, ROW_BEGIN, ROW_END }

// --- reserved: never names ---------------------------------------------------------------------
AND : 'and';
BECAUSE : 'because';
DEFAULT : 'default';
ELSE : 'else';
FALSE : 'false';
IF : 'if';
IN : 'in';
IS : 'is';
KNOWN : 'known';
MISSING : 'missing';
NOT : 'not';
OR : 'or';
OTHERWISE : 'otherwise';
THEN : 'then';
TO : 'to';
TRUE : 'true';
UNDER : 'under';
WHEN : 'when';
WHERE : 'where';

// --- keywords where the grammar expects them, names everywhere else (rule `name`) -----------------
// what starts a declaration
CALENDAR : 'calendar';
CREDIT : 'credit';
DECIDE : 'decide';
DEFINE : 'define';
ENTITY : 'entity';
ENUM : 'enum';
FIT : 'fit';
LIST : 'list';
LOOKUP : 'lookup';
MEASURE : 'measure';
MOTION : 'motion';
POLICY : 'policy';
RATES : 'rates';
ROI : 'roi';
RULEBOOK : 'rulebook';
SIGNAL : 'signal';
TABLE : 'table';
TEAM : 'team';
TEST : 'test';
TRIGGER : 'trigger';

// what starts a clause, and words inside clauses
ABOUT : 'about';
ACV : 'acv';
ADDITIONAL : 'additional';
AFTER : 'after';
AGO : 'ago';
ALL : 'all';
ALLOW : 'allow';
AMONG : 'among';
ANY : 'any';
AS : 'as';
AS_OF : 'as_of';
ASSISTED : 'assisted';
AT : 'at';
BECOMES : 'becomes';
BEFORE : 'before';
BY : 'by';
CHOOSE : 'choose';
CLOSES : 'closes';
COLLECT : 'collect';
COMPARE : 'compare';
CONFIDENCE : 'confidence';
CONTAINS : 'contains';
CONTROL : 'control';
COOLDOWN : 'cooldown';
COUNT : 'count';
CURRENCY : 'currency';
DEALS : 'deals';
DECAY : 'decay';
DIFFERENT : 'different';
DIVIDE : 'divide';
DROP : 'drop';
EACH : 'each';
ENDS : 'ends';
EQUAL : 'equal';
EVERY : 'every';
EXEMPT : 'exempt';
EXPECT : 'expect';
FIRED : 'fired';
FIRES : 'fires';
FIRST : 'first';
FIXED : 'fixed';
FLAG : 'flag';
FLAGS : 'flags';
FOR : 'for';
FROM : 'from';
GIVES : 'gives';
GOES : 'goes';
GROUP : 'group';
HALVING : 'halving';
HAS : 'has';
HAVE : 'have';
HIT : 'hit';
HOLIDAYS : 'holidays';
INCREMENTAL : 'incremental';
ISO : 'iso';
KEY : 'key';
LAST : 'last';
LASTING : 'lasting';
LEAST : 'least';
LIKE : 'like';
LOCKED : 'locked';
LOSING : 'losing';
MARKOV : 'markov';
MATCHES : 'matches';
MAX : 'max';
MIDDLE : 'middle';
MILESTONES : 'milestones';
MIN : 'min';
MOST : 'most';
NAME_WORD : 'name';
NEVER : 'never';
NO : 'no';
OF : 'of';
ON : 'on';
ONCE : 'once';
ORDERED : 'ordered';
ORIGIN : 'origin';
OTE : 'ote';
OUT : 'out';
OVER : 'over';
OWNER : 'owner';
PARTIES : 'parties';
PENDING : 'pending';
PER : 'per';
POINTS : 'points';
POSITION : 'position';
PREFER : 'prefer';
PRIORITY : 'priority';
RATE : 'rate';
REP : 'rep';
REST : 'rest';
RESTATE : 'restate';
REVIEWERS : 'reviewers';
RISE : 'rise';
SALT : 'salt';
SAME : 'same';
SAY : 'say';
SCORE : 'score';
SEQUENCE : 'sequence';
SINCE : 'since';
SPLIT : 'split';
STAFF : 'staff';
STARTS : 'starts';
SUM : 'sum';
SUPPRESS : 'suppress';
SUPPRESSED : 'suppressed';
TARGET : 'target';
THE : 'the';
TIER : 'tier';
TIME_WORD : 'time';
TIMES : 'times';
TIMEZONE : 'timezone';
TRACKED : 'tracked';
UNIQUE : 'unique';
UNLESS : 'unless';
UNTIL : 'until';
VERSION : 'version';
VIA : 'via';
WATCH : 'watch';
WEIGHTS : 'weights';
WITH : 'with';
WITHIN : 'within';
WITHOUT : 'without';
WORD : 'word';
WORKING : 'working';
ZONE : 'zone';

// units of durations
MICROSECOND : 'microsecond';
MICROSECONDS : 'microseconds';
MILLISECOND : 'millisecond';
MILLISECONDS : 'milliseconds';
SECOND : 'second';
SECONDS : 'seconds';
MINUTE : 'minute';
MINUTES : 'minutes';
HOUR : 'hour';
HOURS : 'hours';
DAY : 'day';
DAYS : 'days';
WEEK : 'week';
WEEKS : 'weeks';
MONTH : 'month';
MONTHS : 'months';
YEAR : 'year';
YEARS : 'years';

// --- names: compiler/syntax/scan.cpp reads words and spaces by hand, too, for speed ---------------
CURRENCY_CODE : [A-Z] [A-Z] [A-Z];
NAME : [A-Za-z_] [A-Za-z0-9_]*;

// --- literals ------------------------------------------------------------------------------------
INT : DIGITS;
DECIMAL : DIGITS '.' DIGITS;
PERCENT : NUMBER '%';
SCALED : NUMBER [KMB];               // 1M: only behind a currency code
MONEY : [$€£¥] NUMBER [KMB]?;
DATE : D4 '-' [0-9] [0-9] '-' [0-9] [0-9];
TIME : DATE 'T' [0-9] [0-9] ':' [0-9] [0-9] (':' [0-9] [0-9] ('.' [0-9]+)?)?
       ('Z' | [+\-] [0-9] [0-9] ':' [0-9] [0-9])?;
CLOCK : [0-9] [0-9]? ':' [0-9] [0-9];
TEXT : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"';

// --- what looks like a literal and is none: read as one, so that the rest of the file is checked ----
BAD_NUMBER : [$€£¥]? NUMBER ('%' | [A-Za-z_])+ [A-Za-z0-9_%]*   // 30days, 5kg, 10%x
           | [$€£¥] [A-Za-z_]+ [0-9] [A-Za-z0-9_]*              // $x1
           | DIGITS '.' DIGITS ('.' DIGITS)+ [A-Za-z0-9_%]*      // 1.2.3
           | NUMBER [$€£¥]                                       // 5€
           | [$€£¥] [0-9]+ (',' [0-9] [0-9] [0-9])+ ('.' [0-9]+)? [KMB]?;
BAD_DATE : D4 '-' [0-9] [0-9]? '-' [0-9] [0-9]?                // 2026-1-31
         | D4 '-' [0-9] [0-9]? '-' [0-9] [0-9]? [A-Za-z0-9_] [A-Za-z0-9_:.+\-]*
         | D4 '/' [0-9] [0-9]? '/' [0-9] [0-9]?
         | [0-9] [0-9]? [./] [0-9] [0-9]? [./] D4;
BAD_TEXT : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'?;             // no closing quote on its line
FOREIGN_TEXT : [“”„«] ~[“”„«»"\r\n]* [“”»"]                     // quotes of a word processor
             | '\'' ~['\r\n]* '\'';

// --- punctuation -----------------------------------------------------------------------------------
ARROW : '->';
BARBAR : '||';
BAR : '|';
COLON : ':';
COMMA : ',';
DOT : '.';
EQUAL_EQUAL : '==';
EQUAL_SIGN : '=';
GREATER_EQUAL : '>=';
GREATER : '>';
LBRACE : '{';
LBRACKET : '[';
LESS_EQUAL : '<=';
LESS : '<';
LPAREN : '(';
MINUS : '-';
NOT_EQUAL : '!=';
PLUS : '+';
QUESTION : '?';
RBRACE : '}';
RBRACKET : ']';
RPAREN : ')';
SLASH : '/';
STAR : '*';

// --- between the words -------------------------------------------------------------------------------
SPACE : [ \t\r\n]+ -> skip;
LINE_COMMENT : '//' ~[\r\n]* -> channel(COMMENTS);
BLOCK_COMMENT : '/*' .*? '*/' -> channel(COMMENTS);
BAD_COMMENT : '/*' (~'*' | '*'+ ~[*/])* '*'* -> channel(COMMENTS); // never closed
UNREADABLE : ('&&' | .) -> channel(HIDDEN);

fragment D4 : [0-9] [0-9] [0-9] [0-9];
fragment DIGITS : [0-9] ('_'? [0-9])*;
fragment NUMBER : DIGITS ('.' DIGITS)?;
