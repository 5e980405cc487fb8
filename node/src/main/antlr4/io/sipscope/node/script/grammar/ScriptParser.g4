// The sentences of OpenSIPS's routing scripts, of both eras (2.x, 3.x and later).
// Written so that one or two words decide: no input makes the prediction look far ahead.
parser grammar ScriptParser;

options {
  tokenVocab = ScriptLexer;
  superClass = NestingParser;
}

file : item* EOF;

item
  : route
  | loadmodule
  | modparam
  | global
  | SEMICOLON
  ;

loadmodule : LOADMODULE STRING SEMICOLON?;

modparam : MODPARAM OPEN STRING COMMA STRING COMMA modvalue CLOSE SEMICOLON?;

modvalue : STRING (PLUS? STRING)* | MINUS? NUMBER | NAME;

// A value goes on to the end of its line.
global : NAME ASSIGN? globalWord*;

globalWord
  : {isSameLine()}? ~(BEGIN | END | ROUTE | OTHER_ROUTE | LOADMODULE | MODPARAM)
  ;

// timer_route[name, 60], event_route[E_X, sync]
route : (ROUTE | OTHER_ROUTE) (LEFT routeName (COMMA (NUMBER | NAME | ASYNC))? RIGHT)? block;

routeName : NAME | NUMBER | STRING | IN;

block : BEGIN statement* END;

// Braces may be left out.
body : statement;

statement
  : block
  | branching
  | loop
  | each
  | choice
  | leave
  | assignment
  | later
  | call end
  | SEMICOLON
  ;

// Whether it may be missing is looked at afterwards: that makes the better complaint.
end : SEMICOLON?;

branching : IF condition body (ELSE_IF condition body)* (ELSE body)?;

condition : OPEN expression CLOSE;

loop : WHILE condition body;

each : FOR OPEN VARIABLE IN VARIABLE CLOSE body;

choice : SWITCH OPEN expression CLOSE BEGIN alternative* END;

alternative : (CASE constant | DEFAULT) COLON statement*;

constant : MINUS? NUMBER | STRING | NAME;

leave
  : (BREAK | EXIT | DROP) (OPEN CLOSE)? end
  | RETURN (SEMICOLON | expression end)
  ;

assignment : VARIABLE ASSIGN expression end;

// The last one: a time for async, a parameter of the route for launch.
later
  : (ASYNC | LAUNCH) OPEN call (COMMA (routeName | routeTarget) (COMMA expression)?)? CLOSE end
  ;

routeTarget : ROUTE OPEN routeName CLOSE;

expression : conjunction (OR conjunction)*;

conjunction : negation (AND negation)*;

negation : NOT* comparison;

comparison : bits ((EQUALITY | ORDER) bits)?;

bits : mixed (BIT_OR mixed)*;

mixed : common (BIT_XOR common)*;

common : shifted (BIT_AND shifted)*;

shifted : added (SHIFT added)*;

added : scaled ((PLUS | MINUS) scaled)*;

scaled : signed ((TIMES | DIVIDE | MODULO) signed)*;

signed : (MINUS | PLUS | BIT_NOT)* primary;

// Several only behind `return`: that is looked at afterwards, as deciding it here would have to
// look ahead over all of the first.
primary
  : OPEN expression (COMMA expression)* CLOSE
  | LEFT expression RIGHT
  | NUMBER
  | STRING
  | VARIABLE
  | ADDRESS
  | NETWORK
  | call
  | NAME
  | IN
  ;

call : (NAME | ROUTE) OPEN arguments CLOSE;

// Any may be left out between the commas.
arguments : argument? (COMMA argument?)*;

argument : expression;
