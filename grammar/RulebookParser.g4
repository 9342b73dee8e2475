// The rulebook language. What the grammar leaves open on purpose (several comparisons in a row, cells
// that are missing, which words a clause may carry twice) is judged by compiler/syntax, which can say
// in words what is wrong.
parser grammar RulebookParser;

options { tokenVocab = RulebookLexer; }

file : declaration* EOF;

// What stands in the braces of a text.
loneExpression : expression EOF;

declaration
    : rulebookHeader | team | list | lookup | enumeration | entity | define | signal
    | fit | decide | motion | table | calendar | policy | trigger
    | rates | credit | measure | roi | test;

// --- names and texts -----------------------------------------------------------------------------

name
    : NAME | CURRENCY_CODE | NO | AT | BECOMES | plainKeyword;

// A name where a pattern begins: `no`, `at`, `becomes` are keywords there.
signalName
    : NAME | CURRENCY_CODE | plainKeyword;

plainKeyword
    : ABOUT | ACV | ADDITIONAL | AFTER | AGO | ALL | ALLOW | AMONG | ANY | AS | ASSISTED | AS_OF
    | BEFORE | BY | CALENDAR | CHOOSE | CLOSES | COLLECT | COMPARE | CONFIDENCE | CONTAINS | CONTROL
    | COOLDOWN | COUNT | CREDIT | CURRENCY | DAY | DAYS | DEALS | DECAY | DECIDE | DEFINE
    | DIFFERENT | DIVIDE | DROP | EACH | ENDS | ENTITY | ENUM | EQUAL | EVERY | EXEMPT | EXPECT
    | FIRED | FIRES | FIRST | FIT | FIXED | FLAG | FLAGS | FOR | FROM | GIVES | GOES | GROUP
    | HALVING | HAS | HAVE | HIT | HOLIDAYS | HOUR | HOURS | INCREMENTAL | ISO | KEY | LAST
    | LASTING | LEAST | LIKE | LIST | LOCKED | LOOKUP | LOSING | MARKOV | MATCHES | MAX | MEASURE
    | MICROSECOND | MICROSECONDS | MIDDLE | MILESTONES | MILLISECOND | MILLISECONDS | MIN | MINUTE
    | MINUTES | MONTH | MONTHS | MOST | MOTION | NAME_WORD | NEVER | OF | ON | ONCE | ORDERED
    | ORIGIN | OTE | OUT | OVER | OWNER | PARTIES | PENDING | PER | POINTS | POLICY | POSITION
    | PREFER | PRIORITY | RATE | RATES | REP | REST | RESTATE | REVIEWERS | RISE | ROI | RULEBOOK
    | SALT | SAME | SAY | SCORE | SECOND | SECONDS | SEQUENCE | SIGNAL | SINCE | SPLIT | STAFF
    | STARTS | SUM | SUPPRESS | SUPPRESSED | TABLE | TARGET | TEAM | TEST | THE | TIER | TIMES
    | TIMEZONE | TIME_WORD | TRACKED | TRIGGER | UNIQUE | UNLESS | UNTIL | VERSION | VIA | WATCH
    | WEEK | WEEKS | WEIGHTS | WITH | WITHIN | WITHOUT | WORD | WORKING | YEAR | YEARS | ZONE;

// A name that may follow a condition without a word between them.
clauseName
    : NAME | CURRENCY_CODE | CALENDAR | CREDIT | DEALS | DEFINE | ENTITY | FIT | LIST | LOOKUP | MEASURE
    | MOTION | POLICY | RATES | ROI | RULEBOOK | SIGNAL | TABLE | TEAM | TEST | TRIGGER | ASSISTED;

names : name (COMMA name)*;

text : TEXT | BAD_TEXT | FOREIGN_TEXT;

texts : text (COMMA text)*;

because : BECAUSE text;

// --- expressions ---------------------------------------------------------------------------------

expression
    : NOT expression
    | expression AND expression
    | expression OR expression
    | IF expression THEN expression ELSE expression
    | predicate;

predicate : operand comparison*;

comparison : NOT? test_ | IS NOT? presence;

// What follows a value to test it; also a cell's test.
test_
    : comparisonOperator operand
    | IN membership
    | textOperator operand
    | LIKE (ANY OF LPAREN operand (COMMA operand)* COMMA? RPAREN | operand);

// `is missing` is an operand to the grammar.
presence
    : KNOWN
    | IN membership
    | operand;

comparisonOperator
    : EQUAL_SIGN | EQUAL_EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL;

textOperator : CONTAINS | HAS WORD | STARTS WITH | ENDS WITH | MATCHES;

// A set is named, or written out: so `minutes > 5 in 90 days before t` has one comparison and a window.
membership
    : LPAREN operand (COMMA operand)* COMMA? RPAREN
    | operand TO UNDER? operand
    | name (DOT name)*;

operand
    : operand DOT name
    | operand AS OF operand AGO
    | operand DEFAULT operand
    | MINUS operand
    | operand (STAR | SLASH) operand
    | operand (PLUS | MINUS) operand
    | primary;

primary
    : literal
    | money
    | AT LEAST number OF LPAREN expression (COMMA expression)* COMMA? RPAREN
    | name (LPAREN arguments? RPAREN | FIRED firedWindow?)?
    | LPAREN expression RPAREN;

firedWindow : IN LAST operand | SINCE operand;

arguments : argument (COMMA argument)* COMMA?;

argument : expression (OF operand)? (WHERE expression)? window* (HAVE expression window*)? (BY name)?;

// The same where no expression can stand.
selection : operand (WHERE expression)? window* (BY name)?;

window
    : IN (LAST operand | operand BEFORE operand)
    | SINCE operand
    | BEFORE operand
    | FROM operand
    | UNTIL operand;

literal
    : COUNT_OF_UNITS (CALENDAR | ISO)? unit
    | ISO unit
    | INT | DECIMAL | PERCENT | MONEY | SCALED | DATE | TIME
    | TRUE | FALSE | MISSING
    | BAD_NUMBER | BAD_DATE
    | text;

money : CURRENCY_CODE (INT | DECIMAL | SCALED);

unit
    : MICROSECOND | MICROSECONDS | MILLISECOND | MILLISECONDS | SECOND | SECONDS | MINUTE | MINUTES
    | HOUR | HOURS | DAY | DAYS | WEEK | WEEKS | MONTH | MONTHS | YEAR | YEARS;

// A number as it stands; the kinds that do not fit are refused where types are known.
number : INT | DECIMAL | PERCENT | MONEY | SCALED | BAD_NUMBER;

wholeNumber : INT;

signedNumber : MINUS? number;

// A duration, or open time of a calendar.
span : COUNT_OF_UNITS WORKING unit OF name | operand;

// --- the rulebook ----------------------------------------------------------------------------------

rulebookHeader : RULEBOOK name LBRACE headerClause* RBRACE;

headerClause
    : VERSION text
    | TIMEZONE text
    | CURRENCY name
    | ABOUT name
    | LOCKED BEFORE literal
    | RESTATE text
    | allow;

allow : ALLOW name because;

team : TEAM name LBRACE teamClause* RBRACE;

teamClause : NAME_WORD text | REVIEWERS texts;

list : LIST name FROM text;

lookup : LOOKUP name parameters ARROW type FROM text;

// --- records -------------------------------------------------------------------------------------

enumeration : ENUM name ORDERED? enumValues;

enumValues : LBRACE name (COMMA name)* COMMA? RBRACE;

entity : ENTITY name entityMark* LBRACE field* RBRACE;

entityMark
    : OF name
    | AS name
    | KNOWN FROM name
    | ORDERED BY name
    | VIA name
    | text;

field : name COLON type fieldMark*;

fieldMark
    : IN bound TO UNDER? bound
    | KEY | ORIGIN | FIXED | TRACKED | SEQUENCE
    | KNOWN FROM name (COMMA bound BEFORE)?
    | text;

bound : MINUS? literal | money | name;

type : (ENUM enumValues | name (LPAREN name RPAREN)?) QUESTION?;

parameters : LPAREN parameter (COMMA parameter)* COMMA? RPAREN;

parameter : name COLON type;

// --- definitions ---------------------------------------------------------------------------------

define : DEFINE name parameters? effective? EQUAL_SIGN expression;

effective : FROM literal (UNTIL literal)? | UNTIL literal;

signal : SIGNAL name EQUAL_SIGN selection;

// --- what every rule may say -----------------------------------------------------------------------

ruleClause : OWNER names | allow | text;

// --- fit -------------------------------------------------------------------------------------------

fit : FIT name effective? LBRACE fitClause* RBRACE;

fitClause
    : ruleClause
    | OUT WHEN expression because?
    | GROUP name pointLimit* LBRACE pointsClause* RBRACE
    | pointsClause
    | SCORE signedNumber TO signedNumber
    | TIER tierBound (COMMA tierBound)*;

pointsClause : POINTS signedNumber (pointsWhen | pointsAlong | pointsForEach) because?;

pointsWhen : WHEN expression;

pointsAlong : TO signedNumber AS operand GOES FROM operand TO operand;

pointsForEach : FOR EACH OF selection fading? pointLimit*;

fading : HALVING EVERY operand | LOSING signedNumber EVERY operand;

pointLimit : AT (MOST | LEAST) signedNumber POINTS;

tierBound : name (FROM signedNumber | OTHERWISE);

// --- decisions and tables --------------------------------------------------------------------------

decide : DECIDE name ARROW type effective? LBRACE decideClause* RBRACE;

motion : MOTION name effective? LBRACE decideClause* RBRACE;

decideClause : ruleClause | choice;

choice : CHOOSE expression (WHEN expression | OTHERWISE) because?;

table : TABLE name ARROW parameters effective? LBRACE tableClause* RBRACE;

tableClause : ruleClause | HIT hitPolicy | tableHead | tableRow;

hitPolicy
    : FIRST | UNIQUE | ANY | PRIORITY
    | COLLECT (SUM | MIN | MAX | COUNT)?;

tableHead : HEAD_BEGIN columnHead (BAR columnHead)* BARBAR outputHead (BAR outputHead)* ROW_END;

columnHead : expression | ;

outputHead : name | BECAUSE | ;

tableRow : ROW_BEGIN conditionCell (BAR conditionCell)* BARBAR outputCell (BAR outputCell)* ROW_END;

conditionCell : OTHERWISE | WHEN expression | cellTest | ;

outputCell : expression | ;

cellTest
    : NOT cellTest
    | cellTest AND cellTest
    | cellTest OR cellTest
    | cellAtom;

// One value in parentheses is an operand.
cellAtom
    : test_
    | IS NOT? presence
    | LPAREN operand (COMMA operand)+ COMMA? RPAREN
    | operand (TO UNDER? operand)?;

// --- triggers --------------------------------------------------------------------------------------

calendar : CALENDAR name LBRACE calendarClause* RBRACE;

calendarClause
    : ZONE operand
    | DAYS dayRange (COMMA dayRange)*
    | HOURS hourRange (COMMA hourRange)*
    | HOLIDAYS text;

dayRange : name (TO name)?;

hourRange : CLOCK TO CLOCK;

policy : POLICY name LBRACE policyClause* RBRACE;

policyClause
    : ruleClause
    | SUPPRESS WHEN expression because?
    | frequency
    | PREFER names
    | EXEMPT names
    | controlGroup
    | SALT text;

frequency : AT MOST operand PER operand;

controlGroup : CONTROL GROUP operand;

trigger : TRIGGER name effective? LBRACE triggerClause* RBRACE;

triggerClause
    : ruleClause
    | POLICY name
    | ON triggerPattern
    | WHEN expression because?
    | UNLESS expression because?
    | ONCE
    | EACH TIME_WORD
    | COOLDOWN operand
    | frequency
    | SAY text
    | controlGroup
    | SALT text;

triggerPattern
    : NO signalName FOR span
    | BECOMES expression (LASTING operand)?
    | AT operand
    | literal (BEFORE | AFTER) operand
    | pattern (WITHOUT patternAtom WITHIN span)?;

pattern : patternSequence (WITHIN (THE SAME bucket | span))?;

patternSequence : patternAtom ((THEN | AND | OR) patternAtom)*;

patternAtom : (signalName | LPAREN pattern RPAREN) patternCount*;

patternCount
    : patternNumber TIMES
    | WITH patternNumber DIFFERENT name
    | ON patternNumber DIFFERENT bucket;

patternNumber : number | name;

bucket : ISO (WEEK | WEEKS) | DAY | DAYS | MONTH | MONTHS;

// --- credit ----------------------------------------------------------------------------------------

rates : RATES name effective? (BY operand)? LBRACE ratesClause* RBRACE;

ratesClause
    : ruleClause
    | FROM text
    | tableHead
    | tableRow
    | (party | OTHERWISE) COLON ratePair+ COMMA?
    | ratePair;

ratePair : clauseName signedNumber;

credit : CREDIT name effective? LBRACE creditClause* RBRACE;

creditClause
    : ruleClause
    | FOR selection
    | AT operand
    | DIVIDE operand
    | AMONG selection
    | PARTIES operand
    | SPLIT splitModel (WHEN expression | OTHERWISE)? because?
    | AT LEAST signedNumber TO party
    | WITHOUT name TO party
    | FLAG name WHEN expression because?;

party : name | text;

splitModel
    : FIRST
    | LAST
    | EQUAL (LPAREN BY name RPAREN)?
    | POSITION LPAREN FIRST signedNumber COMMA MIDDLE signedNumber COMMA LAST signedNumber RPAREN
    | MILESTONES LPAREN milestone (COMMA milestone)* COMMA? RPAREN
    | DECAY LPAREN HALVING EVERY operand RPAREN
    | WEIGHTS LPAREN BY name COLON weight (COMMA weight)* COMMA? RPAREN
    | FIXED LPAREN weight (COMMA weight)* COMMA? RPAREN
    | INCREMENTAL LPAREN name RPAREN TO party COMMA REST (TO party | BY EQUAL)
    | MARKOV LPAREN text RPAREN;

// `first 30%` and `others 10%` are milestones whose operand is that word.
milestone : operand signedNumber;

weight : (party | OTHERWISE) signedNumber;

// --- measures --------------------------------------------------------------------------------------

measure : MEASURE name effective? LBRACE measureClause* RBRACE;

measureClause
    : ruleClause
    | OF operand
    | RATE operand (WHERE expression)? WITHIN span (BY name)?
    | PER operand (COMMA operand)*
    | COMPARE CONTROL
    | WATCH (DROP | RISE) OF operand OVER operand (CONFIDENCE operand)?;

roi : ROI name effective? LBRACE roiClause* RBRACE;

roiClause
    : ruleClause
    | RATES name
    | DEALS operand PER unit
    | ACV operand
    | REP CLOSES operand PER unit
    | OTE operand
    | TARGET operand
    | STAFF FOR (ADDITIONAL | ALL ASSISTED);

// --- tests -----------------------------------------------------------------------------------------

test : TEST text LBRACE testClause* RBRACE;

testClause
    : EXPECT expectation
    | AS_OF testValue
    | CONTROL name
    | clauseName record;

record : LBRACE recordField* RBRACE;

recordField : name testValue COMMA?;

testValue
    : (PLUS | MINUS)? (literal | money)
    | name (DOT name)?
    | LBRACKET (record (COMMA record)* COMMA?)? RBRACKET;

testValues : testValue (COMMA testValue)*;

expectation
    : name FIRES (AT testValues | wholeNumber TIMES)
    | name NEVER (FIRES | SUPPRESSED)
    | name SUPPRESSED AT testValues
    | name CONTROL AT testValues
    | name PENDING AT testValues
    | name GIVES creditedAmount (COMMA creditedAmount)*
    | name NEVER? FLAGS names
    | expression;

creditedAmount : party MINUS? (literal | money);
